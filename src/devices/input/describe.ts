import type {FoundFunction} from '../classify.ts';

const KINDS = [
  ['ID_INPUT_KEYBOARD', 'keyboard'],
  ['ID_INPUT_TOUCHPAD', 'touchpad'],
  ['ID_INPUT_TOUCHSCREEN', 'touch screen'],
  ['ID_INPUT_TABLET', 'tablet'],
  ['ID_INPUT_MOUSE', 'mouse'],
  ['ID_INPUT_JOYSTICK', 'joystick'],
  ['ID_INPUT_KEY', 'buttons'],
] as const;

/** "keyboard, mouse" as udev knows it, else the name that the device gives itself. */
export function describeInput({members}: FoundFunction): string {
  const kinds = KINDS.filter(([key]) =>
    members.some(({properties}) => properties[key] === '1'),
  ).map(([, words]) => words);
  const isKeyboard = kinds[0] === 'keyboard';
  const words = isKeyboard ? kinds.filter((kind) => kind !== 'buttons') : kinds;
  if (words.length > 0) {
    return words.join(', ');
  }
  return members.find(({attributes}) => attributes.name !== undefined)?.attributes.name ?? 'input';
}
