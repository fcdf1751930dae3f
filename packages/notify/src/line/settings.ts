import { z } from 'zod';

export const BAUD_RATES = ['300', '1200', '2400', '4800', '9600', '19200', '38400', '57600', '115200'] as const;
/** Data bits, parity and stop bits, as modem manuals write them. */
export const FRAMES = ['8N1', '7E1', '7O1', '8E1'] as const;
const FLOW_CONTROLS = ['none', 'hardware', 'software'] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what a pathname here must not have
const DEVICE = /^\/[^\u0000-\u001f\u007f]{1,254}$/;

/** The settings of every transport that has a serial line, with the defaults of its kind of modem. */
export const lineSettings = (defaults: { baud: (typeof BAUD_RATES)[number]; frame: (typeof FRAMES)[number] }) => ({
  tty: z.string().regex(DEVICE, 'A full pathname, such as /dev/ttyS0.').meta({
    title: 'TTY device',
    description: 'The serial line that the modem is connected to. Nodes can have different ones.',
    perNode: true,
    placeholder: '/dev/ttyS0',
  }),
  baud: z.enum(BAUD_RATES).default(defaults.baud).meta({ title: 'Baud rate', description: 'Bits a second on the line.' }),
  frame: z.enum(FRAMES).default(defaults.frame).meta({
    title: 'Data bits, parity, stop bits',
    description: 'As the manual of the modem writes them.',
  }),
  flowControl: z.enum(FLOW_CONTROLS).default('none').meta({
    title: 'Flow control',
    description: 'hardware is RTS/CTS, software XON/XOFF.',
  }),
});

export interface LineSettings {
  tty: string;
  baud: (typeof BAUD_RATES)[number];
  frame: (typeof FRAMES)[number];
  flowControl: (typeof FLOW_CONTROLS)[number];
}
