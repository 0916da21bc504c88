/** What is given as it comes: nothing but digits may differ there. */
const NUMBER = '[0-9]*';

/**
 * Shell pattern of the devpaths that a unit or node has at the same place, however it is numbered.
 * PCI addresses keep device and function, USB keeps the chain of sockets, virtual things and
 * firmware's own keep their names.
 */
export function patternOf(devpath: string): string {
  return devpath.split('/').map(patternOfSegment).join('/');
}

function patternOfSegment(segment: string, index: number, segments: readonly string[]): string {
  const isVirtual = segments[2] === 'virtual';
  if (index <= 2 || isVirtual) {
    return escaped(segment);
  }
  const pci = /^([0-9a-f]{4,}:)[0-9a-f]{2}(:[0-9a-f]{2}\.[0-7])$/.exec(segment);
  if (pci !== null) {
    // The bus of a root is its own; below bridges they are counted as they come.
    return segments[index - 1]?.startsWith('pci') ? segment : `${pci[1]}[0-9a-f][0-9a-f]${pci[2]}`;
  }
  const usb = /^\d+(-[\d.]+(?::\d+\.\d+)?)$/.exec(segment);
  if (usb !== null) {
    return `${NUMBER}${usb[1]}`;
  }
  const scsi = /^(target)?\d+((?::\d+){2,3})$/.exec(segment);
  if (scsi !== null) {
    return `${scsi[1] ?? ''}${NUMBER}${scsi[2]}`;
  }
  const disk = /^(sd|vd|xvd|hd)[a-z]+$/.exec(segment);
  if (disk !== null) {
    return `${disk[1]}[a-z]*`;
  }
  return KEPT.test(segment) ? escaped(segment) : numbersOpen(segment);
}

/** Firmware's names, addresses of fixed parts, and UARTs that are numbered by the board. */
const KEPT =
  /^(?:[\w-]+\.[\w-]+|PNP[0-9A-F]{4}:.*|[A-Z]{3,4}[0-9A-F]{4}:.*|\d\d:\d\d|tty(?:S|AMA|O|mxc)\d+)$/;

/** The device behind the card is the board's: pcmC0D3p. */
const numbersOpen = (segment: string): string => {
  const sound = /^((?:pcm|midi|hw)C)\d+(D\d+\w?)$/.exec(segment);
  return sound === null
    ? escaped(segment).replace(/\d+/g, NUMBER)
    : `${sound[1]}${NUMBER}${sound[2]}`;
};

const escaped = (segment: string): string => segment.replace(/[[\]*?]/g, '?');

/**
 * Pattern of a node wherever its unit sits: only how it hangs below the unit counts. The unit's own
 * segment names its sockets, and so do those of its interfaces.
 */
export function patternBelow(devpath: string, unitDevpath: string): string {
  const below = patternOf(devpath).split('/').slice(unitDevpath.split('/').length);
  const loose = below.map((segment) => segment.replace(/^\[0-9\]\*-[\d.]+(?=:\d)/, `${NUMBER}-*`));
  return ['/devices/*', ...loose].join('/');
}
