import {expect, test} from 'vitest';

import {printUnit, readAgentUnit} from '#test/support/agent-unit.ts';

test('the unit file starts the program of the folder it is given', () => {
  const text = printUnit(readAgentUnit('/opt/cim'));
  expect(text).toMatch(/^\[Unit\]\nDescription=.*\n\n\[Service\]\nType=exec\n/s);
  expect(text).toContain('\nExecStart=/opt/cim/bin/cim-tui serve\n');
  expect(text).toMatch(/\n\n\[Install\]\nWantedBy=multi-user.target\n$/);
  expect(text).not.toContain('@');
});

test('the server is asked to end by the agent, and has the time for it', () => {
  const {Service} = readAgentUnit('/opt/cim');
  expect(Service).toMatchObject({KillMode: 'mixed', KillSignal: 'SIGTERM', TimeoutStopSec: '20s'});
});
