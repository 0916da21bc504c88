import {DeviceClass} from './class.ts';
import {CLASS_FILES} from './class-list.ts';

/** Every device class. A new one is a folder here, and `npm run classes`. */
export const DEVICE_CLASSES: readonly DeviceClass[] = CLASS_FILES.map((json) =>
  DeviceClass.parse(json),
);

/** The class of what no other class knows. */
export const OTHER_CLASS = 'other';

/** Classes whose functions are taken for one class, where a unit has none of that itself. */
export const alsoFits = (name: string): readonly string[] =>
  DEVICE_CLASSES.find((each) => each.name === name)?.alsoFits ?? [];

/** True for ports that a unit offers to others: they come with it, and go with it. */
export const isSocketClass = (name: string): boolean => SOCKET_CLASSES.has(name);

const SOCKET_CLASSES: ReadonlySet<string> = new Set([
  'usb',
  ...DEVICE_CLASSES.filter(({sockets = []}) => sockets.length > 0).map(({name}) => name),
]);
