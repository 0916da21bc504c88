/* Stands in the bundle for react-devtools-core, which Ink loads only in development. */
module.exports = {initialize() {}, connectToDevTools() {}};
