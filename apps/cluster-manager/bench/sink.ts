import { mailSink } from '../test/mail-sink.ts';

// A mail server in a process of its own that counts what it takes. It tells its port, then every second how many so far.
let taken = 0;
const sink = await mailSink({
  onData(stream, _session, done) {
    stream.on('end', () => {
      taken += 1;
      done(null, 'Queued');
    });
    stream.resume();
  },
});
console.log(String(sink.port));
process.stdin.on('data', () => console.log(String(taken)));
process.stdin.on('end', () => process.exit(0));
