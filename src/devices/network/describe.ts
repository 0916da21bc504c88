import type {FoundFunction} from '../classify.ts';

const KINDS: Readonly<Record<string, string>> = {
  bond: 'bond',
  bridge: 'bridge',
  vlan: 'VLAN',
  wireguard: 'WireGuard tunnel',
  wlan: 'Wi-Fi',
  wwan: 'mobile network',
};

/** "Ethernet", "Wi-Fi", "bridge" … */
export function describeNetwork({anchor}: FoundFunction): string {
  if (anchor.attributes.tun_flags !== undefined) {
    return 'tunnel';
  }
  const {devtype} = anchor;
  return devtype === null ? 'Ethernet' : (KINDS[devtype] ?? devtype);
}
