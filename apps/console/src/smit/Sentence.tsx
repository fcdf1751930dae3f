import { visible } from './ansi.ts';
import { clockTime, sentencePieces } from './times.ts';

/** A sentence of the cluster manager's, its moments as all others on the screen are shown; whoever points at one sees it in full. */
export function Sentence({ children }: { children: string }) {
  return sentencePieces(children).map((piece, index) =>
    typeof piece === 'string' ? (
      visible(piece)
    ) : (
      <time key={index} dateTime={piece.at} title={piece.words}>
        {clockTime(piece.at)}
      </time>
    ),
  );
}
