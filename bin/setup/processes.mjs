import {spawn} from 'node:child_process';
import {accessSync, constants, statSync} from 'node:fs';
import {join} from 'node:path';

/** @typedef {{code: number, stdout: string, stderr: string}} Outcome */

/**
 * Runs a program to its end, in plain English and without a terminal; a missing one is code 127.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<Outcome>}
 */
export function run(program, args, {cwd, env = process.env} = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: {...env, LC_ALL: 'C'},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', (error) => resolve({code: 127, stdout, stderr: error.message}));
    child.on('close', (code, signal) =>
      resolve({
        code: code ?? 128,
        stdout,
        stderr: signal ? `${stderr}\nended by ${signal}` : stderr,
      }),
    );
  });
}

/**
 * @param {string} path
 * @returns {boolean}
 */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Every executable of that name on PATH and then in the folders that a user's PATH may lack.
 * @param {string} name
 * @param {string | undefined} path
 * @param {readonly string[]} folders
 * @returns {string[]}
 */
export function findExecutables(name, path, folders = ['/usr/local/bin', '/usr/sbin', '/sbin']) {
  const places = [
    ...(path ?? '').split(':').filter((folder) => folder.startsWith('/')),
    ...folders,
  ];
  return [...new Set(places)].map((folder) => join(folder, name)).filter(isExecutable);
}

/** How apt and npm begin the line that says why, the clearest first. */
const REASONS = [
  /^W: GPG error/,
  /^W: Failed to fetch/,
  /^E: /,
  /^npm err(?:or|!) (?!code |errno |syscall |path |.*complete log of this run)/i,
  /^error\b/i,
];

/**
 * The line that says why, of what apt, npm and the like print when they end badly.
 * @param {Outcome} outcome
 * @returns {string}
 */
export function reasonOf({code, stdout, stderr}) {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  for (const reason of REASONS) {
    const line = lines.find((candidate) => reason.test(candidate));
    if (line) return line;
  }
  return lines.filter(Boolean).at(-1) ?? `exit code ${code}`;
}
