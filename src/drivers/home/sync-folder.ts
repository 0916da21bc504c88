import {open, readdir} from 'node:fs/promises';
import {join} from 'node:path';

/**
 * Resolves when a folder, the way to it from `above`, and all that is in it are on the disk, names
 * included: what makes files rarely waits for the folders that name them. Files that go meanwhile
 * are left out.
 */
export async function syncFolder(folder: string, above: string = folder): Promise<void> {
  for (const entry of await readdir(folder, {withFileTypes: true, recursive: true})) {
    if (entry.isFile() || entry.isDirectory()) {
      await syncPath(join(entry.parentPath, entry.name));
    }
  }
  for (let path = folder; path.startsWith(above); path = join(path, '..')) {
    await syncPath(path);
    if (path === '/') {
      return;
    }
  }
}

async function syncPath(path: string): Promise<void> {
  try {
    await using file = await open(path, 'r');
    await file.sync();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT') {
      throw error;
    }
  }
}
