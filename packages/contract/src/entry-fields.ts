import { ENTRY_CLASSES } from '@fallover/events';
import { z } from 'zod';

/** A value for the cluster, and for the nodes that differ. */
const field = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ cluster: value.optional(), nodes: z.record(z.string(), value).optional() });

export const eventCustomization = z.strictObject({
  eventCommand: field(z.string()).optional(),
  notifyCommand: field(z.string()).optional(),
  notificationText: field(z.string()).optional(),
  notificationLocation: field(z.string()).optional(),
  preEventCommand: field(z.array(z.string())).optional(),
  postEventCommand: field(z.array(z.string())).optional(),
  recoveryCommand: field(z.string()).optional(),
  recoveryCounter: field(z.number()).optional(),
  failOnPrePost: field(z.boolean()).optional(),
  timeUntilWarning: field(z.number()).optional(),
  recoveryProgram: field(z.string()).optional(),
});

export const customEvent = z.strictObject({ description: field(z.string()).optional(), script: field(z.string()).optional() });

/** Something that is allowed but worth knowing before it is saved. */
export const warning = z.object({ code: z.string(), field: z.string().optional(), sentence: z.string() });

/** `revision` 0 stands for an entry that does not exist. */
export const revision = z.number().int().min(0);

const text = field(z.string()).optional();
const names = field(z.array(z.string())).optional();
const number = field(z.number()).optional();

/** The fields of each class of entries. */
export const entryFields = {
  cluster: z.strictObject({
    dailyVerification: field(z.boolean()).optional(),
    verificationHour: field(z.number()).optional(),
    verificationNode: text,
    mailRelay: text,
    consoleUrl: text,
    allowedTargets: names,
    fenceCommand: names,
  }),
  node: z.strictObject({ communicationPath: text, remark: text }),
  site: z.strictObject({ siteNodes: names, remark: text }),
  network: z.strictObject({ networkType: text, netmask: text, remark: text }),
  interface: z.strictObject({ onNode: text, onNetwork: text, ipAddress: text, device: text, remark: text }),
  service_label: z.strictObject({ onNetwork: text, ipAddress: text, atSite: text, remark: text }),
  event: eventCustomization,
  custom_event: customEvent,
  script: z.strictObject({ content: text, remark: text }),
  notification_method: z.strictObject({
    remark: text,
    transport: text,
    contact: text,
    settings: names,
    methodNodes: names,
    methodEvents: names,
    when: names,
    severity: text,
    methodText: text,
    methodFile: text,
    retryCounter: number,
    timeout: number,
    holdTime: number,
    hourlyLimit: number,
    escalateTo: names,
    escalateAfter: names,
    proveWithin: number,
    selfTest: field(z.boolean()).optional(),
  }),
} as const;

export const entryClass = z.enum(ENTRY_CLASSES);

const ofClass = <Class extends keyof typeof entryFields>(name: Class) =>
  z.strictObject({ class: z.literal(name), name: z.string(), fields: entryFields[name] });

/** An entry of the definition, of any class. */
export const entry = z.discriminatedUnion('class', [
  ofClass('cluster'),
  ofClass('node'),
  ofClass('site'),
  ofClass('network'),
  ofClass('interface'),
  ofClass('service_label'),
  ofClass('event'),
  ofClass('custom_event'),
  ofClass('script'),
  ofClass('notification_method'),
]);
