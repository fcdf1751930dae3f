import { NAME } from '../names.ts';
import type { InputFault } from '../wording/input.ts';

/** Of the id that other software gives to what it reports. */
export const LONGEST_REPORT_ID = 200;

/** Printable ASCII, so that an id reads in a log as it was given; a blank may stand inside. */
const REPORT_ID = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/** Who reports an event, and by which id: a report with both of an earlier one is a repeat of that. */
export interface ReportedBy {
  source: string;
  id: string;
}

/** The origin of an event that was reported: `name` is the source. */
export interface ReportOrigin {
  kind: 'report';
  name: string;
  id: string;
}

export function checkReport({ source, id }: ReportedBy): InputFault[] {
  return [
    ...(NAME.test(source) ? [] : [{ code: 'not_a_name', field: 'source', text: source } as const]),
    ...(REPORT_ID.test(id) ? [] : [{ code: 'not_a_report_id', field: 'id', text: id } as const]),
  ];
}
