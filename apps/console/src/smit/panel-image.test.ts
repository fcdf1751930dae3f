import { describe, expect, it } from 'vitest';
import { panelImage } from './panel-image.ts';

function panel(html: string): HTMLElement {
  const root = document.createElement('div');
  root.innerHTML = html;
  return root;
}

describe('the image of a panel', () => {
  it('has fields as SMIT shows them: required, label, entry, marks', () => {
    const root = panel(`<h1>node_down</h1><form>
      <div data-smit-field="a" data-smit-label="NODE"><label>NODE</label>
        <select><option>nodea</option><option selected>nodeb</option></select>
        <span class="smit-marks"><abbr>*</abbr><button class="smit-list-mark">+</button></span><p class="smit-help">Which.</p></div>
      <div data-smit-field="b" data-smit-label="Recovery Command Retry"><input value="x"><span class="smit-marks"><abbr>#</abbr></span>
        <div class="smit-fault"><p>It is not a number.</p></div></div></form>`);
    expect(panelImage(root)).toBe(
      [
        'node_down',
        '',
        '* NODE                                     [nodeb] +',
        '  Recovery Command Retry                   [x] #',
        '    It is not a number.',
      ].join('\n'),
    );
  });

  it('has tables in columns, facts in pairs and sentences in lines, without the function bar', () => {
    const root =
      panel(`<p>Two  events.</p><table><tr><th>Event</th><th>Class</th></tr><tr><td><a>network_down</a></td><td>network</td></tr>
      </table><dl><dt>Meaning</dt><dd>node, <b>slow</b>; it has left.</dd></dl><ul><li>one</li></ul><div class="smit-function-bar">F1</div>`);
    expect(panelImage(root)).toBe(
      [
        'Two events.',
        '',
        'Event         Class',
        'network_down  network',
        '',
        'Meaning  node, slow; it has left.',
        '',
        '- one',
      ].join('\n'),
    );
  });
});
