import {createInterface} from 'node:readline/promises';

/** Asks a yes-or-no question on the terminal; anything but yes is no. */
export const confirm = async (question: string): Promise<boolean> =>
  /^y(es)?$/i.test(await askLine(`${question} [y/N] `));

/** Asks for a word on the terminal. */
export const askWord = (question: string): Promise<string> => askLine(`${question}: `);

async function askLine(question: string): Promise<string> {
  const prompt = createInterface({input: process.stdin, output: process.stderr});
  try {
    return (await prompt.question(question)).trim();
  } finally {
    prompt.close();
  }
}
