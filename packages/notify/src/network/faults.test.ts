import { describe, expect, it } from 'vitest';
import { networkDeliveryFault, networkFaultOf } from './faults.ts';

const place = 'mail.example.com:25';
const worded = (fault: Parameters<typeof networkDeliveryFault>[0]): [string, string] => {
  const { sentence, next } = networkDeliveryFault(fault);
  return [sentence, next];
};

describe('a fault of the network', () => {
  it('is said in a sentence with the way out, and is a matter of the time or of the node', () => {
    expect(worded({ code: 'name_not_found', host: 'mial.example.com' })).toEqual([
      'This node finds no address for the name "mial.example.com". Correct the name, or mend the name resolution of the node.',
      'retry',
    ]);
    expect(worded({ code: 'connection_refused', place })).toEqual([
      'mail.example.com:25 refuses the connection. Start the service there, or correct the server and the port.',
      'retry',
    ]);
    expect(worded({ code: 'unreachable', place, reason: 'ENETUNREACH' })).toEqual([
      'mail.example.com:25 cannot be reached from this node (ENETUNREACH). Look at the network of the node.',
      'next_node',
    ]);
    expect(worded({ code: 'connection_lost', place })).toEqual([
      'mail.example.com:25 ended the connection before it had taken the message. Look at the log there.',
      'retry',
    ]);
    expect(worded({ code: 'timed_out', place })).toEqual([
      'mail.example.com:25 did not answer in time. Look at whether it is overloaded or a firewall holds the traffic back, or raise the timeout of the method.',
      'retry',
    ]);
    expect(worded({ code: 'certificate_not_trusted', place, reason: 'certificate has expired' })).toEqual([
      'The certificate of mail.example.com:25 is not trusted by this node (certificate has expired). Give the file of its certificate authority as CA file, or correct the name of the server.',
      'next_node',
    ]);
    expect(worded({ code: 'tls_failed', place, reason: 'wrong version number' })).toEqual([
      'No encrypted connection came about with mail.example.com:25 (wrong version number). Look at whether that port speaks TLS from the beginning.',
      'retry',
    ]);
    expect(worded({ code: 'ca_file_not_readable', path: '/etc/ca.pem', reason: 'ENOENT' })).toEqual([
      'The CA file "/etc/ca.pem" cannot be read on this node (ENOENT). Put it there, or correct the pathname.',
      'next_node',
    ]);
  });

  it('is found in what the system and the libraries report, the innermost of several', () => {
    const failed = (code: string, message = code) => Object.assign(new Error(message), { code });
    const of = (error: unknown) => networkFaultOf(error, place, 'mail.example.com');
    expect(of(new AggregateError([failed('ECONNREFUSED'), failed('ENETUNREACH')]))).toEqual({
      code: 'connection_refused',
      place,
    });
    expect(of(Object.assign(failed('ESOCKET'), { originalCode: 'EHOSTUNREACH' }))).toEqual({
      code: 'unreachable',
      place,
      reason: 'EHOSTUNREACH',
    });
    expect(of(failed('ERR_TLS_CERT_ALTNAME_INVALID', 'Host: a\u001b\r\nb'))).toEqual({
      code: 'certificate_not_trusted',
      place,
      reason: 'Host: a b',
    });
    expect(of('whatever')).toEqual({ code: 'connection_lost', place });
  });
});
