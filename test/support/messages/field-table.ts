import {followRef, type JsonSchema, nodeOf} from '#domain/api/json-schema.ts';
import {typeWords} from '#domain/api/type-words.ts';

/** A field as the pages list it; `?` behind its name: it may be left out. */
interface Field {
  readonly name: string;
  readonly type: string;
  readonly words: string;
}

/** A link to where a shape with a name is described. */
const linkTo = (page: string, name: string): string => `[${name}](${page}#${name.toLowerCase()})`;

/** A table of the fields of a schema, its choices one after the other. */
export function fieldTable(root: JsonSchema, shapesPage: string, node: JsonSchema = root): string {
  const choices = node.type === undefined ? (node.oneOf ?? node.anyOf) : undefined;
  if (Array.isArray(choices)) {
    return choices
      .map((choice, index) => {
        const {description} = nodeOf(choice);
        const words = description === undefined ? '' : ` (${String(description)})`;
        const table = fieldTable(root, shapesPage, nodeOf(choice));
        return `${index === 0 ? 'Either' : 'Or'}${words}:\n\n${table}`;
      })
      .join('\n\n');
  }
  const fields = fieldsOf(node, root, shapesPage, '');
  return fields.length === 0
    ? codePatterns(sentence(typeWords(node, root, (name) => linkTo(shapesPage, name))))
    : table(
        ['field', 'type', 'what'],
        fields.map(({name, type, words}) => [`\`${name}\``, codePatterns(type), plain(words)]),
      );
}

/** A table in Markdown. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows.map((row) => row.map(escapeCell))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** A pattern is code, and what looks like a tag is none. */
const codePatterns = (type: string): string => type.replace(/(?<=text that fits )\S+/i, '`$&`');

const plain = (words: string): string => words.replaceAll('<', '\\<');

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

function fieldsOf(
  node: JsonSchema,
  root: JsonSchema,
  shapesPage: string,
  path: string,
): readonly Field[] {
  const required = [node.required ?? []].flat();
  return Object.entries(nodeOf(node.properties)).flatMap(([key, value]) => {
    const inner = nodeOf(value);
    const isOptional = !required.includes(key);
    const name = `${path}${key}`;
    const own = {
      name: `${name}${isOptional ? '?' : ''}`,
      type: typeWords(inner, root, (shape) => linkTo(shapesPage, shape)),
      words: wordsOf(inner, root),
    };
    return [own, ...innerFields(inner, root, shapesPage, name)];
  });
}

/** Fields of what has no name of its own: an object, what a list or a map holds. */
function innerFields(
  node: JsonSchema,
  root: JsonSchema,
  shapesPage: string,
  name: string,
): readonly Field[] {
  const choices = [node.anyOf ?? []].flat().map(nodeOf);
  return [
    ...fieldsOf(node, root, shapesPage, `${name}.`),
    ...choices.flatMap((choice) => innerFields(choice, root, shapesPage, name)),
    ...(node.items === undefined
      ? []
      : innerFields(nodeOf(node.items), root, shapesPage, `${name}[]`)),
    ...(node.additionalProperties === undefined
      ? []
      : innerFields(nodeOf(node.additionalProperties), root, shapesPage, `${name}.*`)),
  ];
}

function wordsOf({description, $ref}: JsonSchema, root: JsonSchema): string {
  if (description !== undefined) {
    return String(description);
  }
  return typeof $ref === 'string' ? String(followRef(root, $ref).description ?? '') : '';
}
