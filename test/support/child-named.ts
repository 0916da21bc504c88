import {readFile} from 'node:fs/promises';

/** The child of a process with this name. @throws an Error when there is none */
export async function childNamed(pid: number, name: string): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const child of children.trim().split(' ')) {
    const comm = await readFile(`/proc/${child}/comm`, 'utf8');
    if (comm.trim() === name) {
      return Number(child);
    }
  }
  throw new Error(`process ${pid} has no child ${name}`);
}
