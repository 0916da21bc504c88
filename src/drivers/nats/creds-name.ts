import {readFile} from 'node:fs/promises';
import {z} from 'zod';

import {CimError} from '#domain/errors.ts';
import {idFromToken} from '#domain/ids.ts';

const Claims = z.object({name: z.string()});

/** The name that credentials were made for: the actor. @throws CimError `nats-refused` */
export async function readCredsName(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    const [, claims = ''] = /eyJ[\w-]+\.([\w-]+)\.[\w-]+/.exec(text) ?? [];
    const {name} = Claims.parse(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')));
    return idFromToken(name) ?? name;
  } catch (cause) {
    throw new CimError('nats-refused', `read credentials ${path}`, {cause});
  }
}
