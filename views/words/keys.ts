const SHOWN: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  'page-up': 'PgUp',
  'page-down': 'PgDn',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  delete: 'Del',
  text: 'letters',
};

/** A key's name as people read it: `Enter`, `Ctrl-L`, `F1`, `a`. */
export function keyText(name: string): string {
  const shown = SHOWN[name];
  if (shown !== undefined) {
    return shown;
  }
  if (/^f\d+$/.test(name)) {
    return name.toUpperCase();
  }
  const [, modifier = '', rest = ''] = /^(ctrl|alt|shift)-(.+)$/.exec(name) ?? [];
  return modifier === ''
    ? name
    : `${modifier.charAt(0).toUpperCase()}${modifier.slice(1)}-${SHOWN[rest] ?? rest.toUpperCase()}`;
}
