import type { ServicesChanged } from '@fallover/contract';
import { Link } from 'react-router';

/** What came of it on each node. */
export function Sentences({ of }: { of: ServicesChanged['nodes'] }) {
  return (
    <>
      <ul className="smit-sentences">
        {of.map(({ node, sentence }) => (
          <li key={node}>{sentence}</li>
        ))}
      </ul>
      <p>
        <Link to="/smit/cm_cluster_services">See how it goes on</Link>
      </p>
    </>
  );
}
