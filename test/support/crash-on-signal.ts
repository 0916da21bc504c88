/**
 * Loaded before the program (`NODE_OPTIONS=--import=…`): signals that break it as a fault of its
 * own would.
 */
process.on('SIGUSR2', () => {
  throw new Error('thrown by a test');
});
process.on('SIGVTALRM', () => {
  void Promise.reject(new Error('rejected by a test'));
});
