import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';

/** The library decides where the daemon writes what is run as root: only who starts the daemon can switch it on. */
export function LibraryOff() {
  return (
    <Alert component="p" isInline variant="info" title="The script library is off">
      <p>
        The cluster manager was started without a directory for it. Start it with one, a full pathname that is the same on every
        node and belongs to the user of the daemon:
      </p>
      <pre className="smit-command">fallover start --script-library /var/lib/fallover-scripts</pre>
      <p>
        No panel can switch it on. Scripts that are kept outside of the configuration stay possible: give their full pathname to a
        command, and Verify looks at them on every node.
      </p>
    </Alert>
  );
}
