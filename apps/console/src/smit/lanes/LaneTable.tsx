import './lanes.css';
import type { RunView } from '@fallover/contract';
import type { ReactNode } from 'react';

/** A phase, with the barrier behind it: a line across all lanes. */
export interface LanePhase {
  index: number;
  barrier: RunView['phases'][number]['barrier'];
  barrierWords: string;
  /** What it runs, and where. */
  commands: readonly string[];
  /** What stands above each of its cells where there is no room for columns. */
  narrow?: string;
}

export interface LaneRow {
  node: string;
  isLost: boolean;
  name: ReactNode;
  /** A cell for each phase, in their order. */
  cells: readonly ReactNode[];
}

/** A lane for each node, a column for each phase, and between the phases the barriers, as lines across all lanes. */
export function LaneTable({ label, phases, rows }: { label: string; phases: readonly LanePhase[]; rows: readonly LaneRow[] }) {
  return (
    <div className="lanes-scroll">
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Node</th>
            {phases.map(({ index, barrier, barrierWords, commands }) => (
              <th key={index} scope="col" className={`lanes-phase barrier-${barrier}`}>
                <span>Phase {index}</span>
                {commands.map((words) => (
                  <span key={words} className="lanes-command">
                    {words}
                  </span>
                ))}
                <span className="lanes-barrier">{barrierWords}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ node, isLost, name, cells }) => (
            <tr key={node} className={isLost ? 'lane-lost' : ''}>
              <th scope="row">{name}</th>
              {phases.map(({ index, barrier, narrow = `Phase ${index}` }, at) => (
                <td key={index} className={`barrier-${barrier}`} data-phase={narrow}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
