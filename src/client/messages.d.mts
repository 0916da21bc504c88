// Made by `npm run messages` from the schemas in src/domain: not to be edited.

/** What each command takes beside its target. */
export interface Commands {
  readonly 'leaf.label': {
    /** null: take it away */
    readonly label: Label | null;
  };
  readonly 'port.label': {
    /** null: take it away */
    readonly label: Label | null;
  };
  readonly 'port.forget': Readonly<Record<string, never>>;
  readonly 'port.unquarantine': Readonly<Record<string, never>>;
  readonly 'port.identify': Readonly<Record<string, never>>;
  readonly 'port.enable': Readonly<Record<string, never>>;
  readonly 'port.disable': {
    /** comes back by itself after so many seconds unless confirmed; left out: it stays */
    readonly trySeconds?: number | undefined;
  };
  readonly 'port.confirm': Readonly<Record<string, never>>;
  readonly 'port.up': Readonly<Record<string, never>>;
  readonly 'port.down': {
    /** comes back by itself after so many seconds unless confirmed; left out: it stays */
    readonly trySeconds?: number | undefined;
  };
  readonly 'port.set': {
    readonly mtu?: number | null | undefined;
    readonly speedMbps?: number | "auto" | null | undefined;
    readonly baud?: number | null | undefined;
    /** comes back by itself after so many seconds unless confirmed; left out: it stays */
    readonly trySeconds?: number | undefined;
  };
  readonly 'port.release': {
    /** comes back by itself after so many seconds unless confirmed; left out: it stays */
    readonly trySeconds?: number | undefined;
  };
  /** exactly one of port and device; class and suffix choose among several functions */
  readonly 'role.bind': {
    /** id or label of the port it follows */
    readonly port?: string | undefined;
    /** id of the unit it follows */
    readonly device?: string | undefined;
    /** only functions of this class */
    readonly class?: string | undefined;
    /** only the function with this suffix */
    readonly suffix?: string | undefined;
    /** take it from where it is bound now */
    readonly move?: boolean | undefined;
  };
  readonly 'role.unbind': Readonly<Record<string, never>>;
  readonly 'event.undo': {
    /** true: nothing is stored, the answer says what would be */
    readonly dryRun?: boolean | undefined;
  };
  readonly 'event.verify': Readonly<Record<string, never>>;
  readonly 'job.cancel': Readonly<Record<string, never>>;
  readonly 'job.resume': Readonly<Record<string, never>>;
}

/** A row of the answer to each query. */
export interface Rows {
  readonly 'leaf.show': {
    /** null: it has no event yet */
    readonly leafId: string | null;
    /** UUID that tells two stores of one leaf id apart */
    readonly storeId: string | null;
    /** name that people see; null: it has none */
    readonly label: string | null;
    /** ISO time when an agent last became active */
    readonly startedAt: string | null;
    /** its last agent ended in order, and none has begun since */
    readonly isStopped: boolean;
    /** ISO times between which nothing was recorded before this start */
    readonly unrecorded: {
      readonly from: string;
      readonly to: string;
    } | null;
    /** of the newest event about it */
    readonly sequence: number;
    /** for each field, the sequence of the event that set it */
    readonly fields: Readonly<Record<string, number>>;
  };
  readonly 'status.show': {
    /** leaf id */
    readonly leaf: string | null;
    /** name that people see */
    readonly label: string | null;
    /** ISO time when an agent last became active */
    readonly startedAt: string | null;
    /** worst first, then newest first */
    readonly attention: ReadonlyArray<Attention>;
    readonly ports: {
      /** how many hold something */
      readonly present: number;
      /** how many are empty */
      readonly absent: number;
      /** how many are switched off */
      readonly disabled: number;
    };
    /** how many are bound */
    readonly roles: number;
    /** how many run; null: they cannot be seen */
    readonly containers: number | null;
    /** how many are stored */
    readonly events: number;
    /** messages of the store that cannot be read */
    readonly unreadable: number;
    /** ISO time of the newest event */
    readonly lastSeen: string | null;
    /** what the agent cannot see, and the remedy */
    readonly limit: string | null;
    /** null: not read yet */
    readonly host: HostMetrics | null;
    /** of the newest event this row knows of */
    readonly sequence: number;
  };
  readonly 'port.list': {
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    /** a socket that can be empty, a built-in part, or no hardware at all */
    readonly kind: "socket" | "fixed" | "virtual";
    /** device class the position is made for, e.g. "usb" */
    readonly class: string;
    /** what it is to the leaf: input, output or both */
    readonly direction: "in" | "out" | "both";
    /** port of the hub or bridge it belongs to */
    readonly parent: PortId | null;
    /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
    readonly name: string;
    /** absent: empty; faulted, quarantined, disabled: not to be used */
    readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
    /** null: this port has no link */
    readonly link: "up" | "down" | null;
    /** speed of the link in Mb/s */
    readonly speedMbps: number | null;
    readonly id: PortId;
    /** as its socket is marked; null: it bears none */
    readonly label: string | null;
    /** how it was before anything was wanted of it */
    readonly wanted: {
      /** false: what is in it is not used by the kernel */
      readonly enabled?: boolean | undefined;
      /** of its network interface, as an administrator sets it */
      readonly link?: "up" | "down" | undefined;
      /** largest packet in bytes */
      readonly mtu?: number | undefined;
      /** in Mb/s; auto: as both ends agree */
      readonly speedMbps?: number | "auto" | undefined;
      /** of its serial line, in bits a second */
      readonly baud?: number | undefined;
    };
    /** how it was before anything was wanted of it */
    readonly found: {
      /** false: what is in it is not used by the kernel */
      readonly enabled?: boolean | undefined;
      /** of its network interface, as an administrator sets it */
      readonly link?: "up" | "down" | undefined;
      /** largest packet in bytes */
      readonly mtu?: number | undefined;
      /** in Mb/s; auto: as both ends agree */
      readonly speedMbps?: number | "auto" | undefined;
      /** of its serial line, in bits a second */
      readonly baud?: number | undefined;
    };
    /** what is wanted and not done, or on trial */
    readonly change: PortChangeState | null;
    /** time of the event that last changed what it is or where */
    readonly since: string;
    /** of the newest event about it */
    readonly sequence: number;
    /** for each field, the sequence of the event that set it */
    readonly fields: Readonly<Record<string, number>>;
    /** the first of roles */
    readonly role: string | null;
    /** every role that leads here, in order of name */
    readonly roles: ReadonlyArray<string>;
    readonly user: PortUser;
    /** null: empty */
    readonly device: {
      /** one line for people, e.g. "FTDI FT232R" */
      readonly name: string;
      /** in words, as the unit or udev says */
      readonly vendor: string | null;
      readonly model: string | null;
      /** as the unit says; it may lie */
      readonly serial: string | null;
      /** another unit bears the same serial: position decides */
      readonly ambiguous: boolean;
      /** vendor:product in hex, e.g. "0403:6001" */
      readonly ids: string | null;
      /** of the kernel, e.g. "ftdi_sio" */
      readonly driver: string | null;
      readonly id: DeviceId;
      /** by what the unit is known again; position: by its place only */
      readonly identity: "wwid" | "mac" | "serial" | "position";
      readonly functions: ReadonlyArray<{
        /** suffix of the position, e.g. ":1.0/port0"; "" for a single function */
        readonly id: string;
        /** device class, e.g. "serial" */
        readonly class: string;
        /** what it is to the leaf: input, output or both */
        readonly direction: "in" | "out" | "both";
        readonly state: "present" | "absent";
        /** words of the class, e.g. "1 Gb/s Ethernet"; may be empty */
        readonly name: string;
        /** network interface name */
        readonly interface: string | null;
        /** that selects it */
        readonly role: string | null;
        readonly user: PortUser;
        /** paths in /dev, or interface names */
        readonly nodes: ReadonlyArray<string>;
      }>;
      /** of all its functions */
      readonly nodes: ReadonlyArray<string>;
    } | null;
  };
  readonly 'device.list': {
    /** another unit bears the same serial: position decides */
    readonly ambiguous: boolean;
    /** vendor:product in hex, e.g. "0403:6001" */
    readonly ids: string | null;
    /** in words, as the unit or udev says */
    readonly vendor: string | null;
    readonly model: string | null;
    /** as the unit says; it may lie */
    readonly serial: string | null;
    /** of the kernel, e.g. "ftdi_sio" */
    readonly driver: string | null;
    /** one line for people, e.g. "FTDI FT232R" */
    readonly name: string;
    readonly functions: ReadonlyArray<DeviceFunction>;
    readonly id: DeviceId;
    /** ready: it is in its port */
    readonly state: "ready" | "gone";
    /** port it is in, or was last */
    readonly portId: PortId;
    /** where it sits or sat, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    /** time of the event that last changed what it is or where */
    readonly since: string;
    /** of the newest event about it */
    readonly sequence: number;
    /** for each field, the sequence of the event that set it */
    readonly fields: Readonly<Record<string, number>>;
    /** by what the unit is known again; position: by its place only */
    readonly identity: "wwid" | "mac" | "serial" | "position";
    /** e.g. "0403:6001:A50285BI" of a serial */
    readonly identityValue: string;
    /** what people call its port; null: it was forgotten */
    readonly port: string | null;
  };
  readonly 'role.list': {
    readonly id: RoleId;
    readonly target: RoleTarget;
    readonly selector: FunctionSelector;
    /** time of the event that last changed what it is or where */
    readonly since: string;
    /** of the newest event about it */
    readonly sequence: number;
    /** for each field, the sequence of the event that set it */
    readonly fields: Readonly<Record<string, number>>;
    /** port it leads to now; null: its unit is away */
    readonly port: PortId | null;
    /** something fits; nothing is there; what is there has no such function; several fit */
    readonly holder: "held" | "absent" | "unfit" | "ambiguous";
    /** its stable paths, as last looked at */
    readonly links: ReadonlyArray<RoleLink>;
  };
  readonly 'job.list': {
    /** command that it carries out, e.g. "event.verify" */
    readonly command: string;
    /** as the command named it */
    readonly target: string;
    /** of the command */
    readonly data: Readonly<Record<string, unknown>>;
    /** UUID: of the command */
    readonly id: string;
    /** works; cut off by a restart, and asks; somebody wants its end; has ended */
    readonly state: "running" | "asking" | "cancelling" | "ended";
    /** login name of whose wish it is */
    readonly actor: string | null;
    /** how the wish came in, as the client claims */
    readonly channel: "console" | "cli" | "nats" | "system" | null;
    /** when it was taken on */
    readonly acceptedAt: string;
    /** ISO time until which it asks; null: it does not ask */
    readonly expiresAt: string | null;
    /** ISO time; null: it has not ended */
    readonly endedAt: string | null;
    /** null: it has not ended */
    readonly outcome: "done" | "failed" | "cancelled" | "expired" | null;
    /** why it ended so; null: nothing to say */
    readonly reason: string | null;
    /** null: it did not come so far */
    readonly result: Readonly<Record<string, number | null>> | null;
    /** time of the event that last changed what it is or where */
    readonly since: string;
    /** of the newest event about it */
    readonly sequence: number;
    /** for each field, the sequence of the event that set it */
    readonly fields: Readonly<Record<string, number>>;
    /** null: not told yet, or it does not run */
    readonly progress: JobProgress | null;
  };
  readonly 'container.list': {
    readonly name: string;
    readonly class: "container" | "vm";
    readonly state: "opening" | "running" | "closing";
    /** what registered it: systemd-nspawn, libvirt-qemu */
    readonly service: string | null;
    /** systemd's unit that holds its processes */
    readonly unit: string | null;
    /** pid of its first process, seen here */
    readonly leader: number | null;
    readonly rootDirectory: string | null;
    /** host: it shares the network of the host */
    readonly network: "own" | "host" | "unknown";
    /** of its own network, in order of usefulness */
    readonly addresses: ReadonlyArray<string>;
    /** when it was registered */
    readonly since: string;
    /** it was made of; not read yet: null */
    readonly template: string | null;
    /** not read yet: null */
    readonly kind: "declarative" | "imperative" | null;
    /** not read yet: null */
    readonly health: string | null;
    /** the most useful one of its addresses */
    readonly address: string | null;
    /** not read yet: null */
    readonly cpu: number | null;
    /** not read yet: null */
    readonly memory: number | null;
    /** not read yet: empty */
    readonly roles: ReadonlyArray<string>;
    /** of the event that set it; null: seen live, nothing of it is stored */
    readonly sequence: number | null;
    /** who says so */
    readonly source: "machined";
    /** ISO time of the reading */
    readonly seenAt: string | null;
  };
}

/** The data of each type of event. */
export interface Events {
  /** The leaf's first event: which store this is. */
  readonly 'cim.leaf.created.v1': {
    readonly leafId: LeafId;
    /** tells two stores of one leaf id apart */
    readonly storeId: string;
  };
  /** The leaf got the name that people see, or lost it. */
  readonly 'cim.leaf.labelled.v1': {
    /** the name that people see; null: taken away */
    readonly label: string | null;
    readonly before: {
      readonly label: string | null;
    };
  };
  /** An agent became active. What lies between lastSeen and this was not recorded. */
  readonly 'cim.leaf.started.v1': {
    /** /proc/sys/kernel/random/boot_id; null: unreadable */
    readonly bootId: string | null;
    /** version of cim-tui, e.g. "0.1.0" */
    readonly version: string;
    /** time of the newest event before; null: none */
    readonly lastSeen: string | null;
  };
  /** An agent ended in order. */
  readonly 'cim.leaf.stopped.v1': {
    /** /proc/sys/kernel/random/boot_id; null: unreadable */
    readonly bootId: string | null;
    /** version of cim-tui, e.g. "0.1.0" */
    readonly version: string;
    /** it was told to; its last client had gone; another agent took over */
    readonly reason: "signal" | "linger" | "lease-lost";
  };
  /** Enumeration was compared with the state again, and something had been missed. */
  readonly 'cim.leaf.resynced.v1': {
    /** why the agent looked again */
    readonly cause: "start" | "drops" | "monitor-ended" | "timer" | "hole";
    /** uevents lost by the monitor socket since the last */
    readonly drops: number;
    /** ids of devices and ports whose state differed */
    readonly changes: ReadonlyArray<string>;
  };
  /** A port was seen for the first time, with nothing plugged in. */
  readonly 'cim.port.added.v1': {
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    /** a socket that can be empty, a built-in part, or no hardware at all */
    readonly kind: "socket" | "fixed" | "virtual";
    /** device class the position is made for, e.g. "usb" */
    readonly class: string;
    /** what it is to the leaf: input, output or both */
    readonly direction: "in" | "out" | "both";
    /** port of the hub or bridge it belongs to */
    readonly parent: PortId | null;
    /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
    readonly name: string;
    /** absent: empty; faulted, quarantined, disabled: not to be used */
    readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
    /** null: this port has no link */
    readonly link: "up" | "down" | null;
    /** speed of the link in Mb/s */
    readonly speedMbps: number | null;
    readonly cause?: UnstoredCause | undefined;
  };
  /** A port got a label, or lost it. */
  readonly 'cim.port.labelled.v1': {
    /** as its socket is marked; null: taken away */
    readonly label: string | null;
    readonly before: {
      readonly label: string | null;
    };
  };
  /** Fields of a port have new values; those that are left out have not changed. */
  readonly 'cim.port.changed.v1': {
    /** absent: empty; faulted, quarantined, disabled: not to be used */
    readonly state?: "present" | "absent" | "faulted" | "quarantined" | "disabled" | undefined;
    /** null: this port has no link */
    readonly link?: "up" | "down" | null | undefined;
    /** speed of the link in Mb/s */
    readonly speedMbps?: number | null | undefined;
    /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
    readonly name?: string | undefined;
    /** port of the hub or bridge it belongs to */
    readonly parent?: PortId | null | undefined;
    /** device class the position is made for, e.g. "usb" */
    readonly class?: string | undefined;
    /** what it is to the leaf: input, output or both */
    readonly direction?: "in" | "out" | "both" | undefined;
    /** what they were */
    readonly before: {
      /** absent: empty; faulted, quarantined, disabled: not to be used */
      readonly state?: "present" | "absent" | "faulted" | "quarantined" | "disabled" | undefined;
      /** null: this port has no link */
      readonly link?: "up" | "down" | null | undefined;
      /** speed of the link in Mb/s */
      readonly speedMbps?: number | null | undefined;
      /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
      readonly name?: string | undefined;
      /** port of the hub or bridge it belongs to */
      readonly parent?: PortId | null | undefined;
      /** device class the position is made for, e.g. "usb" */
      readonly class?: string | undefined;
      /** what it is to the leaf: input, output or both */
      readonly direction?: "in" | "out" | "both" | undefined;
    };
    readonly cause?: UnstoredCause | undefined;
  };
  /** Many changes of a flapping port in one event. */
  readonly 'cim.port.summed-up.v1': {
    /** absent: empty; faulted, quarantined, disabled: not to be used */
    readonly state?: "present" | "absent" | "faulted" | "quarantined" | "disabled" | undefined;
    /** null: this port has no link */
    readonly link?: "up" | "down" | null | undefined;
    /** speed of the link in Mb/s */
    readonly speedMbps?: number | null | undefined;
    /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
    readonly name?: string | undefined;
    /** port of the hub or bridge it belongs to */
    readonly parent?: PortId | null | undefined;
    /** device class the position is made for, e.g. "usb" */
    readonly class?: string | undefined;
    /** what it is to the leaf: input, output or both */
    readonly direction?: "in" | "out" | "both" | undefined;
    /** what they were */
    readonly before: {
      /** absent: empty; faulted, quarantined, disabled: not to be used */
      readonly state?: "present" | "absent" | "faulted" | "quarantined" | "disabled" | undefined;
      /** null: this port has no link */
      readonly link?: "up" | "down" | null | undefined;
      /** speed of the link in Mb/s */
      readonly speedMbps?: number | null | undefined;
      /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
      readonly name?: string | undefined;
      /** port of the hub or bridge it belongs to */
      readonly parent?: PortId | null | undefined;
      /** device class the position is made for, e.g. "usb" */
      readonly class?: string | undefined;
      /** what it is to the leaf: input, output or both */
      readonly direction?: "in" | "out" | "both" | undefined;
    };
    readonly cause?: UnstoredCause | undefined;
    /** how many changes this event stands for */
    readonly changes: number;
    /** time of the first of them */
    readonly from: string;
  };
  /** A port flapped on and on: until it is taken back, what it does is not stored. */
  readonly 'cim.port.quarantined.v1': {
    /** that it flapped through in a row */
    readonly minutes: number;
    /** of its last minute */
    readonly changes: number;
    readonly before: {
      /** as it was last known; what differs is told next */
      readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
    };
    readonly cause?: UnstoredCause | undefined;
  };
  /** A person took a port back from quarantine: what it does is stored again. */
  readonly 'cim.port.unquarantined.v1': {
    /** as it was last known; what differs is told next */
    readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
    readonly before: {
      /** as it was last known; what differs is told next */
      readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
    };
  };
  /** A person took a port out of the list. Its history stays, and before brings it back. */
  readonly 'cim.port.forgotten.v1': {
    readonly before: {
      /** where it sits, e.g. "0000/14.0/usb/1.3" */
      readonly position: string;
      /** a socket that can be empty, a built-in part, or no hardware at all */
      readonly kind: "socket" | "fixed" | "virtual";
      /** device class the position is made for, e.g. "usb" */
      readonly class: string;
      /** what it is to the leaf: input, output or both */
      readonly direction: "in" | "out" | "both";
      /** port of the hub or bridge it belongs to */
      readonly parent: PortId | null;
      /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
      readonly name: string;
      /** absent: empty; faulted, quarantined, disabled: not to be used */
      readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
      /** null: this port has no link */
      readonly link: "up" | "down" | null;
      /** speed of the link in Mb/s */
      readonly speedMbps: number | null;
      /** null: it bore none */
      readonly label: string | null;
    };
  };
  /** Undo of forgotten: the port as it was, empty. */
  readonly 'cim.port.remembered.v1': {
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    /** a socket that can be empty, a built-in part, or no hardware at all */
    readonly kind: "socket" | "fixed" | "virtual";
    /** device class the position is made for, e.g. "usb" */
    readonly class: string;
    /** what it is to the leaf: input, output or both */
    readonly direction: "in" | "out" | "both";
    /** port of the hub or bridge it belongs to */
    readonly parent: PortId | null;
    /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
    readonly name: string;
    /** absent: empty; faulted, quarantined, disabled: not to be used */
    readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
    /** null: this port has no link */
    readonly link: "up" | "down" | null;
    /** speed of the link in Mb/s */
    readonly speedMbps: number | null;
    /** null: it bore none */
    readonly label: string | null;
  };
  /** Somebody wants a port to be otherwise. Nothing is done yet. */
  readonly 'cim.port.change-requested.v1': {
    /** what was wanted of the same until then; null: nothing */
    readonly change: {
      readonly enabled?: boolean | null | undefined;
      readonly link?: "up" | "down" | null | undefined;
      readonly mtu?: number | null | undefined;
      readonly speedMbps?: number | "auto" | null | undefined;
      readonly baud?: number | null | undefined;
    };
    /** what was wanted of the same until then; null: nothing */
    readonly before: {
      readonly enabled?: boolean | null | undefined;
      readonly link?: "up" | "down" | null | undefined;
      readonly mtu?: number | null | undefined;
      readonly speedMbps?: number | "auto" | null | undefined;
      readonly baud?: number | null | undefined;
    };
    /** comes back by itself after so many seconds unless confirmed; null: it stays */
    readonly trySeconds: number | null;
  };
  /** The hardware was set as it is wanted, and reads so. */
  readonly 'cim.port.change-applied.v1': {
    /** sequence of the change-requested that this is about; null: of none, what is wanted was applied again */
    readonly requested: number | null;
    /** what was wanted of the same until then; null: nothing */
    readonly change: {
      readonly enabled?: boolean | null | undefined;
      readonly link?: "up" | "down" | null | undefined;
      readonly mtu?: number | null | undefined;
      readonly speedMbps?: number | "auto" | null | undefined;
      readonly baud?: number | null | undefined;
    };
    /** how it was before anything was wanted of it */
    readonly found: {
      /** false: what is in it is not used by the kernel */
      readonly enabled?: boolean | undefined;
      /** of its network interface, as an administrator sets it */
      readonly link?: "up" | "down" | undefined;
      /** largest packet in bytes */
      readonly mtu?: number | undefined;
      /** in Mb/s; auto: as both ends agree */
      readonly speedMbps?: number | "auto" | undefined;
      /** of its serial line, in bits a second */
      readonly baud?: number | undefined;
    };
    /** it comes back by itself then unless confirmed; null: it stays */
    readonly deadline: string | null;
    /** wish: just wanted; plug, start: wanted before, and applied again */
    readonly occasion: "wish" | "plug" | "start";
  };
  /** A change of a port could not be made; what is wanted is as before. */
  readonly 'cim.port.change-failed.v1': {
    /** sequence of the change-requested that this is about; null: of none, what is wanted was applied again */
    readonly requested: number | null;
    /** what was wanted of the same until then; null: nothing */
    readonly change: {
      readonly enabled?: boolean | null | undefined;
      readonly link?: "up" | "down" | null | undefined;
      readonly mtu?: number | null | undefined;
      readonly speedMbps?: number | "auto" | null | undefined;
      readonly baud?: number | null | undefined;
    };
    /** what was seen, for people */
    readonly reason: string;
    /** false: parts of it may hold */
    readonly undone: boolean;
  };
  /** A change on trial was confirmed, and stays. */
  readonly 'cim.port.change-confirmed.v1': {
    /** sequence of the change-requested that this is about; null: of none, what is wanted was applied again */
    readonly requested: number | null;
    /** what was wanted of the same until then; null: nothing */
    readonly change: {
      readonly enabled?: boolean | null | undefined;
      readonly link?: "up" | "down" | null | undefined;
      readonly mtu?: number | null | undefined;
      readonly speedMbps?: number | "auto" | null | undefined;
      readonly baud?: number | null | undefined;
    };
  };
  /** A change on trial was not confirmed in time, and was taken back. */
  readonly 'cim.port.change-reverted.v1': {
    /** sequence of the change-requested that this is about; null: of none, what is wanted was applied again */
    readonly requested: number | null;
    /** what was wanted of the same until then; null: nothing */
    readonly change: {
      readonly enabled?: boolean | null | undefined;
      readonly link?: "up" | "down" | null | undefined;
      readonly mtu?: number | null | undefined;
      readonly speedMbps?: number | "auto" | null | undefined;
      readonly baud?: number | null | undefined;
    };
    /** guard: what was prepared outside the agent */
    readonly by: "guard" | "agent";
    /** when it was taken back */
    readonly at: string;
    /** false: parts of it may hold */
    readonly undone: boolean;
    /** what could not be put back */
    readonly detail: string | null;
  };
  /** A unit is in a port. A port never seen before comes along, and so do a hub's sockets. */
  readonly 'cim.device.added.v1': {
    readonly identity: Identity;
    /** another unit bears the same serial: position decides */
    readonly ambiguous: boolean;
    /** vendor:product in hex, e.g. "0403:6001" */
    readonly ids: string | null;
    /** in words, as the unit or udev says */
    readonly vendor: string | null;
    readonly model: string | null;
    /** as the unit says; it may lie */
    readonly serial: string | null;
    /** of the kernel, e.g. "ftdi_sio" */
    readonly driver: string | null;
    /** one line for people, e.g. "FTDI FT232R" */
    readonly name: string;
    readonly functions: ReadonlyArray<DeviceFunction>;
    readonly portId: PortId;
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    readonly port?: CarriedPort | undefined;
    /** of a hub */
    readonly sockets?: ReadonlyArray<CarriedPort> | undefined;
    /** plug: seen coming; start: found by enumeration */
    readonly origin: "plug" | "start";
    readonly cause?: UnstoredCause | undefined;
  };
  /** Fields of a unit have new values; those that are left out have not changed. */
  readonly 'cim.device.changed.v1': {
    /** another unit bears the same serial: position decides */
    readonly ambiguous?: boolean | undefined;
    /** vendor:product in hex, e.g. "0403:6001" */
    readonly ids?: string | null | undefined;
    /** in words, as the unit or udev says */
    readonly vendor?: string | null | undefined;
    readonly model?: string | null | undefined;
    /** as the unit says; it may lie */
    readonly serial?: string | null | undefined;
    /** of the kernel, e.g. "ftdi_sio" */
    readonly driver?: string | null | undefined;
    /** one line for people, e.g. "FTDI FT232R" */
    readonly name?: string | undefined;
    /** what they were */
    readonly before: {
      /** another unit bears the same serial: position decides */
      readonly ambiguous?: boolean | undefined;
      /** vendor:product in hex, e.g. "0403:6001" */
      readonly ids?: string | null | undefined;
      /** in words, as the unit or udev says */
      readonly vendor?: string | null | undefined;
      readonly model?: string | null | undefined;
      /** as the unit says; it may lie */
      readonly serial?: string | null | undefined;
      /** of the kernel, e.g. "ftdi_sio" */
      readonly driver?: string | null | undefined;
      /** one line for people, e.g. "FTDI FT232R" */
      readonly name?: string | undefined;
    };
    readonly cause?: UnstoredCause | undefined;
  };
  /** A unit has other functions than before. */
  readonly 'cim.device.functions-changed.v1': {
    /** all of them */
    readonly functions: ReadonlyArray<DeviceFunction>;
    readonly before: {
      readonly functions: ReadonlyArray<DeviceFunction>;
    };
    readonly cause?: UnstoredCause | undefined;
  };
  /** The same unit is in another port, and what is plugged into it with it. */
  readonly 'cim.device.moved.v1': {
    readonly portId: PortId;
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    readonly port?: CarriedPort | undefined;
    /** of a hub */
    readonly sockets?: ReadonlyArray<CarriedPort> | undefined;
    readonly functions: ReadonlyArray<DeviceFunction>;
    /** of a unit that says nothing of itself: its place is part of it */
    readonly identity?: Identity | undefined;
    /** units behind it that moved with it */
    readonly followers?: ReadonlyArray<Follower> | undefined;
    /** sockets of its own that moved with it */
    readonly ports?: ReadonlyArray<FollowingPort> | undefined;
    /** plug: seen coming; start: found by enumeration; older events do not say */
    readonly origin?: "plug" | "start" | undefined;
    readonly before: {
      readonly portId: PortId;
      /** where it sits, e.g. "0000/14.0/usb/1.3" */
      readonly position: string;
      readonly functions: ReadonlyArray<DeviceFunction>;
    };
    readonly cause?: UnstoredCause | undefined;
  };
  /** The unit is gone, and what was plugged into it with it. */
  readonly 'cim.device.removed.v1': {
    readonly portId: PortId;
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    /** its virtual port goes too: it bore no label and no role */
    readonly portForgotten: boolean;
    /** sockets of a hub that went with it */
    readonly socketsForgotten?: ReadonlyArray<PortId> | undefined;
    /** units behind it that went with it */
    readonly devices?: ReadonlyArray<{
      readonly portId: PortId;
      /** where it sits, e.g. "0000/14.0/usb/1.3" */
      readonly position: string;
      readonly id: DeviceId;
    }> | undefined;
    readonly cause?: UnstoredCause | undefined;
  };
  /** The role follows a port or a unit from now on. */
  readonly 'cim.role.bound.v1': {
    readonly target: RoleTarget;
    readonly selector: FunctionSelector;
    /** null: it followed nothing */
    readonly before: {
      readonly target: RoleTarget;
      readonly selector: FunctionSelector;
    } | null;
  };
  /** The role follows nothing. */
  readonly 'cim.role.unbound.v1': {
    readonly before: {
      readonly target: RoleTarget;
      readonly selector: FunctionSelector;
    };
  };
  /** A command that takes long was taken on; its id is the id of the job. */
  readonly 'cim.job.accepted.v1': {
    /** command that it carries out, e.g. "event.verify" */
    readonly command: string;
    /** as the command named it */
    readonly target: string;
    /** of the command */
    readonly data: Readonly<Record<string, unknown>>;
  };
  /** A restart cut the job off. It waits for an answer: go on, or not. */
  readonly 'cim.job.interrupted.v1': {
    /** command that it carries out, e.g. "event.verify" */
    readonly command: string;
    /** when nobody need answer any more: it ends then */
    readonly expiresAt: string;
  };
  /** The job goes on after a restart. */
  readonly 'cim.job.resumed.v1': {
    /** command that it carries out, e.g. "event.verify" */
    readonly command: string;
    /** by itself after a restart; somebody wished so */
    readonly reason: "restart" | "asked";
  };
  /** Somebody wants the job to end; its end tells when it has. */
  readonly 'cim.job.cancel-requested.v1': {
    /** command that it carries out, e.g. "event.verify" */
    readonly command: string;
  };
  /** The job has ended. */
  readonly 'cim.job.ended.v1': {
    /** command that it carries out, e.g. "event.verify" */
    readonly command: string;
    /** done; failed, or cut off; ended by a wish; nobody answered in time */
    readonly outcome: "done" | "failed" | "cancelled" | "expired";
    /** in words; null: nothing to say */
    readonly reason: string | null;
    /** null: it did not come so far */
    readonly result: Readonly<Record<string, number | null>> | null;
  };
}

/** What is sent live and not stored, by kind. */
export interface Live {
  /** The agent lives. Who misses three of them calls what it shows stale. */
  readonly agent: {
    /** of cim-tui, e.g. "0.1.0" */
    readonly version: string;
    /** what cannot be seen here and the remedy; null: all is */
    readonly limit: string | null;
    /** of the newest event it has applied */
    readonly sequence: number;
  };
  /** Raw uevents as the agent gets them, those of a tenth of a second together. */
  readonly uevent: {
    readonly uevents: ReadonlyArray<Uevent>;
    /** how many more came than are sent */
    readonly omitted: number;
  };
  /** Who uses each port, by port id; all of them, when one has changed. */
  readonly user: Readonly<Record<string, PortUser>>;
  readonly host: HostMetrics;
  /** Every container, as of one reading. With a limit nothing is known. */
  readonly container: {
    readonly list: ReadonlyArray<ContainerFact>;
    /** null: they are seen */
    readonly limit: ContainerLimit | null;
    /** time of the reading; null: not read yet */
    readonly seenAt: string | null;
  };
  /** Every link of a role, as of one look. With a limit none can be made here. */
  readonly role: {
    readonly list: ReadonlyArray<RoleLink>;
    /** null: they are made */
    readonly limit: RoleLinkLimit | null;
    /** time of the look; null: not looked yet */
    readonly seenAt: string | null;
  };
  readonly job: JobProgress;
}

/** accepted with its events, or refused with a typed code */
export type Answer = {
  readonly ok: true;
  /** of the command */
  readonly id: string;
  /** ids of what was stored */
  readonly events: ReadonlyArray<string>;
  /** of the last of them */
  readonly sequence: number;
  /** what a dry run would have stored */
  readonly would?: ReadonlyArray<{
    readonly type: string;
    readonly subject: string;
    readonly data: Readonly<Record<string, unknown>>;
  }> | undefined;
} | {
  readonly ok: false;
  /** of the command; empty: of a query */
  readonly id: string;
  /** which refusal, e.g. "label-taken" */
  readonly code: string;
  /** one sentence for people */
  readonly message: string;
  /** one thing to do next */
  readonly remedy: string;
};

export type Envelope = {
  readonly specversion: "1.0";
  /** UUID, version 7 */
  readonly id: string;
  /** "/cim/" and the leaf id */
  readonly source: string;
  /** cim.<aggregate>.<event>.v<n> */
  readonly type: string;
  /** id of the aggregate: of the port, device, role or leaf */
  readonly subject: string;
  /** when the fact was seen, UTC with milliseconds */
  readonly time: string;
  readonly datacontenttype: "application/json";
  /** "urn:cim:schema:" and the type; `api schema TYPE` prints it */
  readonly dataschema: string;
  /** id of the message that began it all */
  readonly correlationid: string;
  /** id of the command or event that caused this; its own: none did */
  readonly causationid: string;
  /** place of the cause in the stream, in decimal */
  readonly causationsequence?: string | undefined;
  /** login name of whose wish it was; the server proves it */
  readonly actor?: string | undefined;
  /** of the command: sent again with other words, its id is refused */
  readonly commanddigest?: string | undefined;
  /** how the wish came in, as the client claims */
  readonly channel?: "console" | "cli" | "nats" | "system" | undefined;
  /** tty, ssh or program, as the client claims */
  readonly originkind?: string | undefined;
  /** terminal, as the client claims */
  readonly origintty?: string | undefined;
  /** numeric user id, as the client claims */
  readonly originuid?: string | undefined;
  /** address of the ssh client, as it claims */
  readonly originaddress?: string | undefined;
  /** fingerprint of the ssh key, as the client claims */
  readonly originkey?: string | undefined;
  /** the kernel's boot id */
  readonly bootid?: string | undefined;
  /** whether time can be trusted */
  readonly clock?: "synced" | "unsynced" | "unknown" | undefined;
  /** as the schema of the type says */
  readonly data: Readonly<Record<string, unknown>>;
};

/** The state at one sequence, as the agent holds it, and what is seen live. */
export type State = {
  /** the events, folded */
  readonly inventory: {
    readonly leaf: {
      /** null: it has no event yet */
      readonly leafId: string | null;
      /** UUID that tells two stores of one leaf id apart */
      readonly storeId: string | null;
      /** name that people see; null: it has none */
      readonly label: string | null;
      /** ISO time when an agent last became active */
      readonly startedAt: string | null;
      /** its last agent ended in order, and none has begun since */
      readonly isStopped: boolean;
      /** ISO times between which nothing was recorded before this start */
      readonly unrecorded: {
        readonly from: string;
        readonly to: string;
      } | null;
      /** of the newest event about it */
      readonly sequence: number;
      /** for each field, the sequence of the event that set it */
      readonly fields: Readonly<Record<string, number>>;
    };
    /** by port id */
    readonly ports: Readonly<Record<string, {
      /** where it sits, e.g. "0000/14.0/usb/1.3" */
      readonly position: string;
      /** a socket that can be empty, a built-in part, or no hardware at all */
      readonly kind: "socket" | "fixed" | "virtual";
      /** device class the position is made for, e.g. "usb" */
      readonly class: string;
      /** what it is to the leaf: input, output or both */
      readonly direction: "in" | "out" | "both";
      /** port of the hub or bridge it belongs to */
      readonly parent: PortId | null;
      /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
      readonly name: string;
      /** absent: empty; faulted, quarantined, disabled: not to be used */
      readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
      /** null: this port has no link */
      readonly link: "up" | "down" | null;
      /** speed of the link in Mb/s */
      readonly speedMbps: number | null;
      readonly id: PortId;
      /** as its socket is marked; null: it bears none */
      readonly label: string | null;
      /** unit in it; null: empty */
      readonly deviceId: DeviceId | null;
      /** how it was before anything was wanted of it */
      readonly wanted: {
        /** false: what is in it is not used by the kernel */
        readonly enabled?: boolean | undefined;
        /** of its network interface, as an administrator sets it */
        readonly link?: "up" | "down" | undefined;
        /** largest packet in bytes */
        readonly mtu?: number | undefined;
        /** in Mb/s; auto: as both ends agree */
        readonly speedMbps?: number | "auto" | undefined;
        /** of its serial line, in bits a second */
        readonly baud?: number | undefined;
      };
      /** how it was before anything was wanted of it */
      readonly found: {
        /** false: what is in it is not used by the kernel */
        readonly enabled?: boolean | undefined;
        /** of its network interface, as an administrator sets it */
        readonly link?: "up" | "down" | undefined;
        /** largest packet in bytes */
        readonly mtu?: number | undefined;
        /** in Mb/s; auto: as both ends agree */
        readonly speedMbps?: number | "auto" | undefined;
        /** of its serial line, in bits a second */
        readonly baud?: number | undefined;
      };
      /** what is wanted and not done, or on trial */
      readonly change: PortChangeState | null;
      /** time of the event that last changed what it is or where */
      readonly since: string;
      /** of the newest event about it */
      readonly sequence: number;
      /** for each field, the sequence of the event that set it */
      readonly fields: Readonly<Record<string, number>>;
    }>>;
    /** by device id */
    readonly devices: Readonly<Record<string, {
      readonly identity: Identity;
      /** another unit bears the same serial: position decides */
      readonly ambiguous: boolean;
      /** vendor:product in hex, e.g. "0403:6001" */
      readonly ids: string | null;
      /** in words, as the unit or udev says */
      readonly vendor: string | null;
      readonly model: string | null;
      /** as the unit says; it may lie */
      readonly serial: string | null;
      /** of the kernel, e.g. "ftdi_sio" */
      readonly driver: string | null;
      /** one line for people, e.g. "FTDI FT232R" */
      readonly name: string;
      readonly functions: ReadonlyArray<DeviceFunction>;
      readonly id: DeviceId;
      /** ready: it is in its port */
      readonly state: "ready" | "gone";
      /** port it is in, or was last */
      readonly portId: PortId;
      /** where it sits or sat, e.g. "0000/14.0/usb/1.3" */
      readonly position: string;
      /** time of the event that last changed what it is or where */
      readonly since: string;
      /** of the newest event about it */
      readonly sequence: number;
      /** for each field, the sequence of the event that set it */
      readonly fields: Readonly<Record<string, number>>;
    }>>;
    /** by name */
    readonly roles: Readonly<Record<string, {
      readonly id: RoleId;
      readonly target: RoleTarget;
      readonly selector: FunctionSelector;
      /** time of the event that last changed what it is or where */
      readonly since: string;
      /** of the newest event about it */
      readonly sequence: number;
      /** for each field, the sequence of the event that set it */
      readonly fields: Readonly<Record<string, number>>;
    }>>;
    /** by id */
    readonly jobs: Readonly<Record<string, {
      /** command that it carries out, e.g. "event.verify" */
      readonly command: string;
      /** as the command named it */
      readonly target: string;
      /** of the command */
      readonly data: Readonly<Record<string, unknown>>;
      /** UUID: of the command */
      readonly id: string;
      /** works; cut off by a restart, and asks; somebody wants its end; has ended */
      readonly state: "running" | "asking" | "cancelling" | "ended";
      /** login name of whose wish it is */
      readonly actor: string | null;
      /** how the wish came in, as the client claims */
      readonly channel: "console" | "cli" | "nats" | "system" | null;
      /** when it was taken on */
      readonly acceptedAt: string;
      /** ISO time until which it asks; null: it does not ask */
      readonly expiresAt: string | null;
      /** ISO time; null: it has not ended */
      readonly endedAt: string | null;
      /** null: it has not ended */
      readonly outcome: "done" | "failed" | "cancelled" | "expired" | null;
      /** why it ended so; null: nothing to say */
      readonly reason: string | null;
      /** null: it did not come so far */
      readonly result: Readonly<Record<string, number | null>> | null;
      /** time of the event that last changed what it is or where */
      readonly since: string;
      /** of the newest event about it */
      readonly sequence: number;
      /** for each field, the sequence of the event that set it */
      readonly fields: Readonly<Record<string, number>>;
    }>>;
    /** aggregates ("port/usb-1-3") with an event that cannot be read here, and its sequence */
    readonly readOnly: Readonly<Record<string, number>>;
    /** projections that threw, and stand still before an event */
    readonly stopped: Readonly<Record<string, {
      /** of that event */
      readonly sequence: number;
      readonly reason: string;
    }>>;
    /** messages of the store that cannot be read */
    readonly unreadable: number;
    /** of the newest event it knows of */
    readonly sequence: number;
    /** the agent's own: empty here */
    readonly answers: unknown;
    /** ISO time of the newest event */
    readonly lastSeen: string | null;
    /** how the clock stood at that event */
    readonly clock: "synced" | "unsynced" | "unknown" | null;
    /** latest ISO time of any event whose clock was not unsynced */
    readonly latest: string | null;
  };
  /** Who uses each port, by port id; all of them, when one has changed. */
  readonly users: Readonly<Record<string, PortUser>>;
  /** what cannot be seen here and the remedy; null: all is */
  readonly limit: string | null;
  /** null: not read yet */
  readonly host: HostMetrics | null;
  /** Every container, as of one reading. With a limit nothing is known. */
  readonly containers: {
    readonly list: ReadonlyArray<ContainerFact>;
    /** null: they are seen */
    readonly limit: ContainerLimit | null;
    /** time of the reading; null: not read yet */
    readonly seenAt: string | null;
  };
  /** Every link of a role, as of one look. With a limit none can be made here. */
  readonly roleLinks: {
    readonly list: ReadonlyArray<RoleLink>;
    /** null: they are made */
    readonly limit: RoleLinkLimit | null;
    /** time of the look; null: not looked yet */
    readonly seenAt: string | null;
  };
  /** of each running job, by its id */
  readonly progress: Readonly<Record<string, JobProgress>>;
};

/** id of a port, fixed in its first event */
export type PortId = string;

/** id of a unit, fixed when it was first seen */
export type DeviceId = string;

/** a change of a port that is wanted, or on trial */
export type PortChangeState = {
  /** sequence of its change-requested */
  readonly requested: number;
  /** when it was wanted */
  readonly at: string;
  /** what was wanted of the same until then; null: nothing */
  readonly change: {
    readonly enabled?: boolean | null | undefined;
    readonly link?: "up" | "down" | null | undefined;
    readonly mtu?: number | null | undefined;
    readonly speedMbps?: number | "auto" | null | undefined;
    readonly baud?: number | null | undefined;
  };
  /** what was wanted of the same until then; null: nothing */
  readonly before: {
    readonly enabled?: boolean | null | undefined;
    readonly link?: "up" | "down" | null | undefined;
    readonly mtu?: number | null | undefined;
    readonly speedMbps?: number | "auto" | null | undefined;
    readonly baud?: number | null | undefined;
  };
  /** null: it stays once applied */
  readonly trySeconds: number | null;
  /** trial: applied, and waits for confirm */
  readonly state: "requested" | "trial";
  /** of a trial: it comes back by itself then */
  readonly deadline: string | null;
};

/** how a unit is recognised */
export type Identity = {
  /** by what the unit is known again; position: by its place only */
  readonly kind: "wwid" | "mac" | "serial" | "position";
  /** e.g. "0403:6001:A50285BI" of a serial */
  readonly value: string;
};

/** one assignable thing of one class */
export type DeviceFunction = {
  /** suffix of the position, e.g. ":1.0/port0"; "" for a single function */
  readonly id: string;
  /** device class, e.g. "serial" */
  readonly class: string;
  /** what it is to the leaf: input, output or both */
  readonly direction: "in" | "out" | "both";
  readonly state: "present" | "absent";
  /** words of the class, e.g. "1 Gb/s Ethernet"; may be empty */
  readonly name: string;
  readonly nodes: ReadonlyArray<DeviceNode>;
  /** network interface name */
  readonly interface: string | null;
};

/** where a function is reached */
export type DeviceNode = {
  /** /dev/ttyUSB0, or the interface name of a network function */
  readonly path: string;
  /** inner name, e.g. "tty", "at", "capture", "interface" */
  readonly as: string;
};

/** id of a role: its name */
export type RoleId = string;

/** what a role follows: whatever sits in a port, or one unit wherever it sits */
export type RoleTarget = {
  readonly kind: "port";
  readonly portId: PortId;
} | {
  readonly kind: "device";
  readonly deviceId: DeviceId;
};

/** which function of the unit */
export type FunctionSelector = {
  /** device class; null: the only function there is */
  readonly class: string | null;
  /** e.g. ":1.0/port0"; null: any of the class */
  readonly suffix: string | null;
};

/** who uses a port now: read live, never stored */
export type PortUser = {
  /** unknown: we may not look */
  readonly kind: "host" | "container" | "free" | "unknown" | "waiting";
  /** process, container, mount point, or "route" */
  readonly name: string | null;
  /** systemd's unit */
  readonly unit: string | null;
  readonly processes: ReadonlyArray<UsingProcess>;
  /** ISO time of the reading; null: never read */
  readonly seenAt: string | null;
  /** it holds / or /boot, carries the default route, has a file system mounted */
  readonly marks: ReadonlyArray<"boot" | "route" | "mount">;
  /** interfaces that stand on its own, as a VLAN does; left out: none */
  readonly carries?: ReadonlyArray<string> | undefined;
};

/** a process that has a node of the port open */
export type UsingProcess = {
  /** as the host sees it */
  readonly pid: number;
  /** as /proc has it */
  readonly name: string;
  /** as whom it runs: login name, or the number where it has none */
  readonly user: string;
  /** who logged in and started it, also through sudo; null: nobody, or not known */
  readonly person?: string | null | undefined;
  /** systemd's unit it belongs to */
  readonly unit: string | null;
};

/** how the machine is: read live, never stored */
export type HostMetrics = {
  /** processes that run or wait, mean of the last minute */
  readonly load: number;
  /** how many processors the kernel uses */
  readonly cores: number;
  /** bytes that are not available to programs */
  readonly memoryUsedBytes: number;
  /** bytes there are */
  readonly memoryBytes: number;
  /** bytes, on the file system of the event store */
  readonly diskUsedBytes: number;
  /** bytes it has */
  readonly diskBytes: number;
  /** of the processor, °C; null: cannot be read */
  readonly temperatureC: number | null;
  /** time of the reading */
  readonly seenAt: string;
};

/** a container as the machine shows it now */
export type ContainerFact = {
  readonly name: string;
  readonly class: "container" | "vm";
  readonly state: "opening" | "running" | "closing";
  /** what registered it: systemd-nspawn, libvirt-qemu */
  readonly service: string | null;
  /** systemd's unit that holds its processes */
  readonly unit: string | null;
  /** pid of its first process, seen here */
  readonly leader: number | null;
  readonly rootDirectory: string | null;
  /** host: it shares the network of the host */
  readonly network: "own" | "host" | "unknown";
  /** of its own network, in order of usefulness */
  readonly addresses: ReadonlyArray<string>;
  /** when it was registered */
  readonly since: string;
};

/** why containers cannot be seen */
export type ContainerLimit = {
  readonly refused: "no-system-bus" | "no-machined" | "machined-failed" | "not-kept";
  /** what was seen */
  readonly detail: string;
};

/** a stable path of a role as it is now */
export type RoleLink = {
  /** id of the role */
  readonly role: string;
  /** e.g. "/dev/cim/scale"; of an interface its further name */
  readonly path: string;
  /** where it shall lead; null: nowhere now */
  readonly node: string | null;
  /** it leads there; it is not there; it leads elsewhere; more than one fits */
  readonly state: "right" | "missing" | "wrong" | "ambiguous";
  /** where it leads to instead, or why it is not there */
  readonly detail: string | null;
};

/** why links of roles cannot be made */
export type RoleLinkLimit = {
  readonly refused: "no-udev" | "needs-root" | "udev-failed";
  /** what was seen */
  readonly detail: string;
};

/** how far a running job is: live, never stored */
export type JobProgress = {
  /** of the job */
  readonly id: string;
  /** what it does now; null: it has one phase only */
  readonly phase: string | null;
  /** how many units are done */
  readonly done: number;
  /** how many there are; null: unknown */
  readonly total: number | null;
  /** what is counted, e.g. "event" */
  readonly unit: string;
  /** units a second so far; null: too early to say */
  readonly perSecond: number | null;
  /** milliseconds it will still take, about; null: too early to say */
  readonly remainingMs: number | null;
};

/** name given by a person, e.g. "USB 3" */
export type Label = string;

/** one thing that needs somebody */
export type Attention = {
  readonly level: "fault" | "warning" | "note";
  readonly code: "port-faulted" | "port-quarantined" | "role-without-device" | "role-ambiguous" | "role-link-astray" | "change-on-trial" | "ambiguous" | "unrecorded" | "newer-event" | "projection-stopped" | "unreadable" | "store-damaged";
  /** one line for people */
  readonly message: string;
  /** what it is about */
  readonly target: {
    readonly kind: "port" | "role" | "events";
    readonly id: string;
  };
  /** where it is mended, if not there */
  readonly mend?: {
    readonly kind: "port" | "role" | "events";
    readonly id: string;
  } | undefined;
  /** ISO time; null: not known */
  readonly since: string | null;
};

/** id of the leaf, fixed at its first start */
export type LeafId = string;

/** what made this be seen; it is not stored itself */
export type UnstoredCause = {
  /** "uevent-" and the kernel's number of it, "link-" and the ifindex, … */
  readonly id: string;
  readonly type: "uevent" | "link" | "enumeration";
  /** when it was seen */
  readonly time: string;
  /** one line, e.g. "kernel add /devices/virtual/net/br0 (net)" */
  readonly summary: string;
};

/** a port that was not known before, as it is now */
export type CarriedPort = {
  /** where it sits, e.g. "0000/14.0/usb/1.3" */
  readonly position: string;
  /** a socket that can be empty, a built-in part, or no hardware at all */
  readonly kind: "socket" | "fixed" | "virtual";
  /** device class the position is made for, e.g. "usb" */
  readonly class: string;
  /** what it is to the leaf: input, output or both */
  readonly direction: "in" | "out" | "both";
  /** port of the hub or bridge it belongs to */
  readonly parent: PortId | null;
  /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
  readonly name: string;
  /** absent: empty; faulted, quarantined, disabled: not to be used */
  readonly state: "present" | "absent" | "faulted" | "quarantined" | "disabled";
  /** null: this port has no link */
  readonly link: "up" | "down" | null;
  /** speed of the link in Mb/s */
  readonly speedMbps: number | null;
  readonly id: PortId;
};

/** a unit behind a moved one, at the same place behind it as before */
export type Follower = {
  readonly portId: PortId;
  /** where it sits, e.g. "0000/14.0/usb/1.3" */
  readonly position: string;
  readonly id: DeviceId;
  readonly functions: ReadonlyArray<DeviceFunction>;
  /** of a unit that says nothing of itself: its place is part of it */
  readonly identity?: Identity | undefined;
  readonly port?: CarriedPort | undefined;
  /** of a hub */
  readonly sockets?: ReadonlyArray<CarriedPort> | undefined;
  readonly before: {
    readonly portId: PortId;
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
  };
};

/** a socket that is part of what moved: the same port, elsewhere */
export type FollowingPort = {
  /** where it sits, e.g. "0000/14.0/usb/1.3" */
  readonly position: string;
  /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
  readonly name: string;
  /** port of the hub or bridge it belongs to */
  readonly parent: PortId | null;
  readonly id: PortId;
  readonly before: {
    /** where it sits, e.g. "0000/14.0/usb/1.3" */
    readonly position: string;
    /** what people call it while it has no label, e.g. "1-1.3", "eth0" */
    readonly name: string;
    /** port of the hub or bridge it belongs to */
    readonly parent: PortId | null;
  };
};

/** the kernel's or udev's message about one kernel device */
export type Uevent = {
  /** udev: after its rules */
  readonly source: "kernel" | "udev";
  readonly action: "add" | "remove" | "change" | "move" | "online" | "offline" | "bind" | "unbind";
  /** path below /sys */
  readonly devpath: string;
  readonly subsystem: string | null;
  /** the kernel's number of it */
  readonly seqnum: number | null;
  /** with their own keys, e.g. DEVNAME */
  readonly properties: Readonly<Record<string, string>>;
};
