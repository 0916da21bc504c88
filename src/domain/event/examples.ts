import type {z} from 'zod';

import {portEventExamples} from '../port/examples.ts';
import type {CommandExample} from '../story.ts';
import type {undoEvent} from './commands.ts';

export const undoEventExample: CommandExample<z.input<typeof undoEvent.schema>> = {
  target: '24',
  time: '2026-11-23T10:02:40.022Z',
  data: {},
  event: portEventExamples['cim.port.remembered.v1'],
  refusal: {refused: 'superseded', detail: 'usb-14-0-3 is there again'},
};
