/** A USB device that the guest plays to itself through dummy_hcd: what QEMU has not. */
export interface Gadget {
  readonly name: string;
  readonly vendorId: string;
  readonly productId: string;
  readonly manufacturer: string;
  readonly product: string;
  readonly serial: string;
  /** Functions of configfs, in order, and the shell lines that prepare each, run in its folder. */
  readonly functions: readonly GadgetFunction[];
}

export interface GadgetFunction {
  readonly name: string;
  readonly prepare?: string;
}

/** A modem as cellular ones are: three serial lines and a network, in one device. */
export const COMPOSITE_MODEM: Gadget = {
  name: 'modem',
  vendorId: '0x1199',
  productId: '0x9091',
  manufacturer: 'Sierra Wireless',
  product: 'EM7565 LTE Modem',
  serial: 'UF91234567020408',
  functions: [
    {name: 'acm.at'},
    {name: 'acm.gps'},
    {name: 'acm.diag'},
    {name: 'ecm.wan', prepare: 'echo 02:15:e0:11:22:33 >host_addr'},
  ],
};

/** A card reader with two slots, a card in the first. */
export const CARD_READER: Gadget = {
  name: 'reader',
  vendorId: '0x0bda',
  productId: '0x0161',
  manufacturer: 'Realtek',
  product: 'USB2.0-CRW',
  serial: '20060413092100000',
  functions: [
    {
      name: 'mass_storage.cards',
      prepare: `
        truncate -s 16M /run/card.img
        echo 1 >lun.0/removable
        echo /run/card.img >lun.0/file
        mkdir lun.1
        echo 1 >lun.1/removable
      `,
    },
  ],
};

/** Report descriptor of a boot keyboard (HID 1.11, appendix B.1). */
const KEYBOARD_REPORT =
  '05010906a101050719e029e71500250175019508810295017508810395057501050819012905' +
  '9102950175039103950675081500256505071900296581 00c0'.replace(' ', '');

/** A bar code scanner: to the computer it is a keyboard, as most are. */
export const SCANNER: Gadget = {
  name: 'scanner',
  vendorId: '0x0c2e',
  productId: '0x0200',
  manufacturer: 'Metrologic',
  product: 'Metrologic Scanner',
  serial: '',
  functions: [
    {
      name: 'hid.keys',
      prepare: `
        echo 1 >protocol
        echo 1 >subclass
        ${printHid({reportBytes: 8, report: KEYBOARD_REPORT})}
      `,
    },
  ],
};

/** A cheap one: it calls itself a keyboard, and nothing in it says otherwise. */
export const CHEAP_SCANNER: Gadget = {
  ...SCANNER,
  name: 'keyboard',
  vendorId: '0x1a2c',
  productId: '0x2124',
  manufacturer: 'SEM',
  product: 'USB Keyboard',
};

/** Report descriptor of a pen (HID 1.11, Digitizers) that tells its battery's charge as well. */
const PEN_REPORT =
  '050d0902a1010920a1000942150025017501950181027507950181030501093009311500257f750895028102' +
  // Generic Device Controls, Battery Strength: 0 to 100 in a byte.
  '0506092015002564750895018102c0c0';

/** A pen with a battery, which the kernel keeps as a power supply and does not ask for its charge. */
export const PEN: Gadget = {
  name: 'pen',
  vendorId: '0x1209',
  productId: '0x0042',
  manufacturer: 'Wacom',
  product: 'Pen',
  serial: 'PEN44120',
  functions: [{name: 'hid.pen', prepare: printHid({reportBytes: 4, report: PEN_REPORT})}],
};

/** Shell script that has the pen tell these charges, in percent, while somebody reads its events. */
export const printCharges = (percents: readonly number[], gapSeconds: number): string => `
    cat /dev/input/$(basename /sys/bus/hid/devices/*:1209:0042.*/input/input*/event*) >/dev/null &
    reader=$!
    sleep 1
    ${percents.map((percent) => `printf '\\0\\0\\0\\x${percent.toString(16)}' >/dev/hidg0; sleep ${gapSeconds}`).join('\n')}
    kill $reader
  `;

/** Shell script that makes a gadget and plugs it in. */
export function printPlugGadget({name, functions, ...words}: Gadget): string {
  const serial = words.serial === '' ? '' : `echo ${words.serial} >strings/0x409/serialnumber`;
  return `
    set -e
    modprobe -a dummy_hcd libcomposite
    mkdir /sys/kernel/config/usb_gadget/${name}
    cd /sys/kernel/config/usb_gadget/${name}
    echo ${words.vendorId} >idVendor
    echo ${words.productId} >idProduct
    mkdir -p strings/0x409 configs/c.1
    echo '${words.manufacturer}' >strings/0x409/manufacturer
    echo '${words.product}' >strings/0x409/product
    ${serial}
    ${functions.map(printFunction).join('\n')}
    echo dummy_udc.0 >UDC
  `;
}

/** Shell script that takes it out. It can be plugged in again by `echo dummy_udc.0 >UDC`. */
export const printUnplugGadget = ({name}: Gadget): string =>
  `echo '' >/sys/kernel/config/usb_gadget/${name}/UDC`;

/** Shell lines that say what reports a HID function sends; the descriptor as hex digits. */
function printHid({reportBytes, report}: {reportBytes: number; report: string}): string {
  return `
        echo ${reportBytes} >report_length
        echo ${report} | sed 's/../\\\\x&/g' | xargs -d '\\n' printf '%b' >report_desc
      `;
}

const printFunction = ({name, prepare = 'true'}: GadgetFunction): string => `
    mkdir functions/${name}
    (cd functions/${name}; ${prepare})
    ln -s functions/${name} configs/c.1/`;
