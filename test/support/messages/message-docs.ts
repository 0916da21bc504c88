import {asyncApiDocument} from '#domain/api/async-api.ts';
import {messageIndex} from './message-index.ts';
import {messagePage} from './message-page.ts';

/** Pages and what each is about. */
const PAGES: Readonly<Record<string, string>> = {
  leaf: 'The leaf itself: its name, its agent, how it is.',
  port: 'An input or output of the leaf: a place where something can be plugged in.',
  device: 'A unit that is, or was, in a port.',
  role: 'A name that follows a port or a unit, so that programs need not know which.',
  container: 'What systemd-machined runs: seen live, never stored.',
  event: 'What can be done about an event, and with all of them.',
  job: 'A command that takes long: accepted at once, told of while it runs, ended by an event.',
};

/** Every file of docs/messages, by name. */
export const messageDocs = (version: string): Readonly<Record<string, string>> => ({
  'README.md': `${messageIndex()}\n`,
  ...Object.fromEntries(
    Object.entries(PAGES).map(([page, words]) => [`${page}.md`, `${messagePage(page, words)}\n`]),
  ),
  'asyncapi.json': `${JSON.stringify(asyncApiDocument(version), null, 2)}\n`,
});
