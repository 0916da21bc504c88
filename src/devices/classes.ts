import {DeviceClass} from './class.ts';
import input from './input/class.json' with {type: 'json'};
import network from './network/class.json' with {type: 'json'};
import other from './other/class.json' with {type: 'json'};
import serial from './serial/class.json' with {type: 'json'};
import storage from './storage/class.json' with {type: 'json'};
import usb from './usb/class.json' with {type: 'json'};
import video from './video/class.json' with {type: 'json'};

/** Every device class. A new one is a folder here and one line in this list. */
export const DEVICE_CLASSES: readonly DeviceClass[] = [
  input,
  network,
  other,
  serial,
  storage,
  usb,
  video,
].map((json) => DeviceClass.parse(json));

/** The class of what no other class knows. */
export const OTHER_CLASS = 'other';
