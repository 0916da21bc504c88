// Made by `npm run classes` from the folders here.
import audio from './audio/class.json' with {type: 'json'};
import bluetooth from './bluetooth/class.json' with {type: 'json'};
import chipCard from './chip-card/class.json' with {type: 'json'};
import display from './display/class.json' with {type: 'json'};
import gpio from './gpio/class.json' with {type: 'json'};
import i2c from './i2c/class.json' with {type: 'json'};
import input from './input/class.json' with {type: 'json'};
import modem from './modem/class.json' with {type: 'json'};
import network from './network/class.json' with {type: 'json'};
import other from './other/class.json' with {type: 'json'};
import printer from './printer/class.json' with {type: 'json'};
import scanner from './scanner/class.json' with {type: 'json'};
import sensor from './sensor/class.json' with {type: 'json'};
import serial from './serial/class.json' with {type: 'json'};
import storage from './storage/class.json' with {type: 'json'};
import usb from './usb/class.json' with {type: 'json'};
import video from './video/class.json' with {type: 'json'};

/** Every class.json, unread. */
export const CLASS_FILES: readonly unknown[] = [
  audio,
  bluetooth,
  chipCard,
  display,
  gpio,
  i2c,
  input,
  modem,
  network,
  other,
  printer,
  scanner,
  sensor,
  serial,
  storage,
  usb,
  video,
];
