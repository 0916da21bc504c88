import {execFile} from 'node:child_process';
import {copyFile, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {describe, expect, it} from 'vitest';

import {CIM_TUI, isRoot, ROOT} from '#test/support/stage.ts';

const run = promisify(execFile);

/**
 * What runs in a mount and network namespace of its own, with a /run, a /var/lib and accounts of
 * its own: root's leaf as on a real machine, and three people who come to it.
 */
const SCRIPT = `
set -u
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/lib
mount --bind "$ACCOUNTS/passwd" /etc/passwd
mount --bind "$ACCOUNTS/group" /etc/group
ip link set lo up
unset CIM_HOME XDG_STATE_HOME XDG_RUNTIME_DIR
"$CIM_TUI" serve >/run/serve.out 2>&1 &
agent=$!
for _ in $(seq 200); do [ -e /run/cim/leaf.json ] && break; sleep 0.05; done
echo "== creds"
stat -c '%n %U %a' /run/cim /run/cim/leaf.json /run/cim/creds/*
# The checkout may be closed to others: they run copies that everybody may read.
mkdir -p /run/app && cp -r "$ROOT/dist" "$ROOT/package.json" "$NODE" /run/app
chmod -R a+rX /run/app
mkdir -p /run/home && chmod 777 /run/home
as() {
  who=$1; shift
  (cd / && HOME=/run/home setpriv --reuid "$who" --regid "$who" --init-groups \\
    env USER="$who" LOGNAME="$who" /run/app/node /run/app/dist/cim-tui.mjs "$@" 2>&1; echo "exit $?")
}
echo "== member"; as cim-anna port label nothing x
echo "== member reads"; as cim-anna leaf show
echo "== stranger"; as cim-eve status
echo "== stranger's console starts none"; as cim-eve </dev/null
ls -A /run/home
echo "== end"
kill $agent; wait $agent; echo "agent exit $?"
ls /run/cim/leaf.json 2>&1 || true
`;

describe.skipIf(!isRoot)("the machine's own leaf, run by root (needs root)", () => {
  it('lets members of cim in, tells strangers, and starts no second leaf', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cim-accounts-'));
    try {
      for (const name of ['passwd', 'group']) {
        await copyFile(`/etc/${name}`, join(folder, name));
      }
      await add(join(folder, 'group'), [
        'cim:x:64990:cim-anna',
        'cim-anna:x:64991:',
        'cim-eve:x:64992:',
      ]);
      await add(join(folder, 'passwd'), [
        'cim-anna:x:64991:64991::/:/bin/sh',
        'cim-eve:x:64992:64992::/:/bin/sh',
      ]);
      const env = {...process.env, ACCOUNTS: folder, CIM_TUI, ROOT, NODE: process.execPath};
      const {stdout} = await run('unshare', ['--mount', '--net', 'sh', '-c', SCRIPT], {env});
      const part = partsOf(stdout);
      expect(part('creds')).toContain('/run/cim root 755');
      expect(part('creds')).toContain('/run/cim/leaf.json root 644');
      expect(part('creds')).toContain('/run/cim/creds/cim-anna.creds cim-anna 600');
      expect(part('creds')).toContain('/run/cim/creds/root.creds root 600');
      expect(part('creds')).not.toContain('cim-eve');
      expect(part('member')).toMatch(/refused \(unknown-port\).*exit 3/s);
      expect(part('member reads')).toMatch(/^leaf {5}\(no label\).*exit 0$/s);
      expect(part('stranger')).toMatch(
        /and you may not use it .*add you to the group cim\nexit 3$/,
      );
      expect(part("stranger's console starts none")).toMatch(/you may not use it.*exit 3$/s);
      expect(part('end')).toMatch(/agent exit 0\n.*No such file/);
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  });
});

async function add(path: string, lines: readonly string[]): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(path, `${text.trimEnd()}\n${lines.join('\n')}\n`);
}

/** What the script printed behind a head. */
const partsOf = (stdout: string) => (name: string) => {
  const [, part = ''] = stdout.split(`== ${name}\n`);
  return (part.split('\n== ')[0] ?? '').trim();
};
