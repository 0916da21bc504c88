import {z} from 'zod';

/** What is published of a schema beside its shape; those with an id are shared, by that name. */
export interface Words {
  readonly description: string;
  readonly id?: string;
  /** Words of JSON Schema for what zod has as a function. */
  readonly [keyword: string]: unknown;
}

/**
 * Words for a schema that was just made and that nobody else holds. zod's own `describe` copies the
 * schema: hundreds of copies cost each start of the program some 10 ms. Files that a part of the
 * bundle loads without the events use it all the same, as one more part costs more than their copies.
 */
export function describe<Schema extends z.ZodType>(schema: Schema, words: string | Words): Schema {
  z.globalRegistry.add(schema, typeof words === 'string' ? {description: words} : words);
  return schema;
}
