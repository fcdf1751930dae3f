import type { TransportView } from '@fallover/contract';
import { listNotificationTransports } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { nearest } from '../nearest.ts';
import { attributes, printLines, printReply, table } from '../print.ts';
import { refuse, reportFault } from '../report.ts';
import type { Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';

/** `query transport`: what TRANSPORT of a method can be; of one, what its CONTACT and SETTINGS are. */
export async function queryTransport(name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(listNotificationTransports);
  if (!answer.ok) return reportFault(io, answer.fault);
  const { transports } = answer.reply;
  if (name === undefined)
    return printReply(io, answer, json, () =>
      table(
        ['TRANSPORT', 'TITLE', 'DESCRIPTION'],
        transports.map(({ kind, title, description }) => [kind, title, description]),
      ),
    );
  const found = transports.find(({ kind }) => kind === name);
  if (!found) {
    const kinds = transports.map(({ kind }) => kind);
    const meant = nearest(name, kinds);
    const way = meant === undefined ? `Give one of ${kinds.join(', ')}.` : `Did you mean ${meant}?`;
    return refuse(io, `NAME: there is no transport "${visibleLine(name)}". ${way}`);
  }
  if (json) io.out(`${JSON.stringify(found)}\n`);
  else printLines(io, transportLines(found));
  return EXIT.done;
}

function transportLines({ kind, title, description, contact, settings }: TransportView): string[] {
  const rows = Object.entries(settings.properties).map(([setting, schema]) => {
    const marks = [
      ...(settings.required.includes(setting) ? ['required'] : []),
      ...(schema.secret ? ['secret'] : []),
      ...(schema.perNode ? ['per node'] : []),
    ];
    const meaning = [
      schema.description ?? schema.title,
      ...(schema.enum ? [`One of ${schema.enum.join(', ')}.`] : []),
      ...(schema.default === undefined ? [] : [`Default: ${schema.default}.`]),
      ...(schema.placeholder ? [`Such as ${schema.placeholder}`] : []),
    ];
    return [setting, marks.join(', '), meaning.join(' ')];
  });
  return [
    ...attributes({
      TRANSPORT: kind,
      TITLE: title,
      DESCRIPTION: description,
      CONTACT: [contact.description, ...(contact.placeholder === '' ? [] : [`Such as ${contact.placeholder}`])].join(' '),
      CONTACT_REQUIRED: contact.required,
    }),
    ...(rows.length === 0 ? [] : ['', ...table(['SETTING', 'MARKS', 'MEANING'], rows)]),
  ];
}
