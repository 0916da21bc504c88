import {expect, test} from 'vitest';

import {giveToContainer, PROVIDE_CONTAINERS} from '#test/support/tiny-container.ts';
import {until} from '#test/support/until.ts';
import {vmsForFile} from '#test/support/vm/file-vm.ts';
import type {Vm} from '#test/support/vm/vm.ts';

const openVm = vmsForFile();

const portIn = async (vm: Vm, socket: string): Promise<Record<string, unknown>> =>
  (await vm.json('port', 'list', '--all')).find(({name}) => name === socket) ?? {};

test('a container that holds a serial line and was given a network card uses both ports', async () => {
  const vm = await openVm();
  await vm.ask(PROVIDE_CONTAINERS);
  await vm.plug({driver: 'usb-serial', port: '3', serial: 'A50285BI'});
  await vm.ports.find((line) => line.includes('A50285BI') && line.includes('/dev/ttyUSB0'));
  await vm.plug({driver: 'usb-net', port: '4', serial: 'NET0001'});
  const {interface: card} = await until(
    async () => firstFunction(await portIn(vm, '1-4')),
    (found) => typeof found.interface === 'string',
  );

  await vm.ask(
    `${giveToContainer('scale', `--bind=/dev/ttyUSB0 --network-interface=${card}`)}
    systemctl start container@scale.service`,
  );
  const byContainer = {kind: 'container', name: 'scale', unit: 'container@scale.service'};
  const line = await until(
    () => portIn(vm, '1-3'),
    ({user}) => JSON.stringify(user).includes('"container"'),
  );
  expect(line).toMatchObject({
    state: 'present',
    user: {...byContainer, processes: [{name: 'start', user: 'root'}]},
  });
  const net = await until(
    () => portIn(vm, '1-4'),
    ({user}) => JSON.stringify(user).includes('"container"'),
  );
  expect(net).toMatchObject({user: byContainer});

  await vm.ask('systemctl stop container@scale.service');
  await until(
    () => portIn(vm, '1-3'),
    ({user}) => JSON.stringify(user).includes('"free"'),
  );
  const back = await until(
    () => portIn(vm, '1-4'),
    (row) => firstFunction(row).interface === card,
  );
  expect(back).toMatchObject({state: 'present'});
});

function firstFunction({device}: Record<string, unknown>): Record<string, unknown> {
  const functions =
    typeof device === 'object' && device !== null && 'functions' in device ? device.functions : [];
  return Array.isArray(functions) ? (functions[0] ?? {}) : {};
}
