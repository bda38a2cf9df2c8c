/** Figures for a paper, looked at before they are saved. */

import { useEffect, useState } from 'react';
import type { Theme } from '../../plots/palette.ts';
import type { Figure } from '../../plots/panels-figure.ts';
import { Choice, Setting } from '../parts/Setting.tsx';
import type { Commands } from '../state/commands.ts';
import { useCommands } from '../state/context.ts';
import { stepShown } from '../state/selectors.ts';
import { fileName, rasterised, save, svgBlob } from './download.ts';
import type { TabProps } from './Export.tsx';
import { type FigureKind, figureKinds } from './figures.ts';
import { printFigure } from './print-figure.ts';

const SCALES = [1, 2, 3, 4];
/** The picture is made anew at most so often while training goes on. */
const INTERVAL_MS = 1500;

export function FigureTab({ runs }: TabProps) {
  const commands = useCommands();
  const [id, setId] = useState('panels');
  const [theme, setTheme] = useState<Theme>('light');
  const [scale, setScale] = useState(2);
  const kinds = figureKinds(commands);
  const kind = kinds.find((each) => each.id === id) ?? kinds[0];
  const figure = useFigure(commands, kind, theme, runs);
  const url = useObjectUrl(figure);
  const name = (extension: string) =>
    fileName(
      [
        'margin loss lab',
        kind?.title ?? '',
        'step',
        String(Math.round(stepShown(commands.store.getState()))),
      ],
      extension,
    );
  const attempt = (action: Promise<void>) => {
    action.catch((error: Error) => commands.tell(error.message));
  };
  const savePng = async ({ svg, width, height }: Figure) =>
    save(name('png'), await rasterised(svgBlob(svg), width, height, scale));
  const caption = figure?.caption ?? '';
  return (
    <>
      <div className="export-settings">
        <Setting
          name="Figure of"
          help="What the figure shows: the panels side by side, or one of the charts."
        >
          <Choice
            name="Figure of"
            value={kind?.id ?? 'panels'}
            options={kinds.map((each) => ({ value: each.id, text: each.title }))}
            onChange={setId}
          />
        </Setting>
        <Setting name="Ground" help="Light for paper, dark for slides; whatever the page's theme is.">
          <Choice
            name="Ground"
            value={theme}
            options={[
              { value: 'light', text: 'Light' },
              { value: 'dark', text: 'Dark' },
            ]}
            onChange={setTheme}
          />
        </Setting>
        <Setting name="PNG scale" help="Pixels of a PNG for each of the picture's own.">
          <Choice
            name="PNG scale"
            value={String(scale)}
            options={SCALES.map((each) => ({ value: String(each), text: `${each}×` }))}
            onChange={(value) => setScale(Number(value))}
          />
        </Setting>
      </div>
      <div className="export-preview">
        {figure === undefined || url === undefined ? (
          <p role="status">Nothing of this has been computed yet.</p>
        ) : (
          <img src={url} width={figure.width} height={figure.height} alt={`Preview. ${caption}`} />
        )}
      </div>
      <div className="export-actions">
        <button
          type="button"
          className="primary"
          disabled={figure === undefined}
          onClick={() => figure && attempt(savePng(figure))}
        >
          Save PNG
        </button>
        <button
          type="button"
          disabled={figure === undefined}
          onClick={() => figure && save(name('svg'), svgBlob(figure.svg))}
        >
          Save SVG
        </button>
        <button
          type="button"
          disabled={figure === undefined}
          onClick={() => figure && attempt(printFigure(figure))}
        >
          Print or PDF
        </button>
        <button
          type="button"
          disabled={figure === undefined}
          onClick={() =>
            attempt(
              navigator.clipboard
                .writeText(caption)
                .then(() => commands.tell('The caption is on the clipboard.'))
                .catch(() => {
                  throw new Error('The browser did not allow copying.');
                }),
            )
          }
        >
          Copy caption
        </button>
      </div>
    </>
  );
}

/** The figure of what is shown, made anew now and then while that changes. */
function useFigure(
  commands: Commands,
  kind: FigureKind | undefined,
  theme: Theme,
  runs: readonly number[],
): Figure | undefined {
  const [figure, setFigure] = useState<Figure | undefined>(undefined);
  const chosen = runs.join();
  const id = kind?.id;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      timer = undefined;
      const own = figureKinds(commands).find((each) => each.id === id);
      setFigure(own?.make(commands, { theme, runs: chosen.split(',').map(Number) }));
    };
    draw();
    const unsubscribe = commands.store.subscribe(() => {
      timer ??= setTimeout(draw, INTERVAL_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [commands, id, theme, chosen]);
  return figure;
}

function useObjectUrl(figure: Figure | undefined): string | undefined {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (figure === undefined) return setUrl(undefined);
    const own = URL.createObjectURL(svgBlob(figure.svg));
    setUrl(own);
    return () => URL.revokeObjectURL(own);
  }, [figure]);
  return url;
}
