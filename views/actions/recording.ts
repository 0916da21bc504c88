import {type Console, viewOf} from '../console.ts';
import {answer, type ViewAction} from './view-action.ts';
import {failureText} from './wishes.ts';

const BEGINS = 'begins';

/** R on Udev: the devices of this machine and what they tell, into a file; again: that is all. */
export const toggleRecording: ViewAction = {
  id: 'uevent.record',
  title: 'record to a file what the devices of this machine tell; again: stop',
  refusal({ui, read}) {
    if (read.leafKind !== 'real') {
      return 'this machine is made up: there is nothing to record';
    }
    return ui.recording === BEGINS ? 'the recording is just about to begin' : null;
  },
  run(console) {
    void (viewOf(console).ui.recording === null ? start(console) : stop(console));
  },
};

async function start(console: Console): Promise<void> {
  console.ui.setState({recording: BEGINS});
  try {
    const path = await console.ports.startRecording();
    console.ui.setState({recording: path});
    answer(console, `recording, R again ends it: ${path}`, 'done');
  } catch (error) {
    console.ui.setState({recording: null});
    answer(console, failureText(error), 'refused');
  }
}

async function stop(console: Console): Promise<void> {
  console.ui.setState({recording: null});
  try {
    answer(console, await console.ports.stopRecording(), 'done');
  } catch (error) {
    answer(console, failureText(error), 'refused');
  }
}
