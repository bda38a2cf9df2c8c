/** The timeline as a film for a slide. */

import { useEffect, useRef, useState } from 'react';
import { useTheme } from '../page/theme.ts';
import { whole } from '../parts/data-help.ts';
import { Choice, Setting } from '../parts/Setting.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import { framesShown } from '../state/selectors.ts';
import { fileName, save } from './download.ts';
import type { TabProps } from './Export.tsx';
import { CancelledError, type Film, filmFormats, makeFilm } from './film-client.ts';
import {
  type FilmFormat,
  FORMAT_TITLES,
  filmPlan,
  filmSize,
  likelyBytes,
  pictureCount,
  STILL,
} from './film-plan.ts';

const SIZES = [240, 320, 480, 640];
const SECONDS = [4, 8, 16];
const RATES = [10, 20, 30];
const TYPES: Readonly<Record<FilmFormat, string>> = {
  gif: 'image/gif',
  webm: 'video/webm',
  mp4: 'video/mp4',
};

export function FilmTab({ runs }: TabProps) {
  const commands = useCommands();
  const theme = useTheme();
  const [format, setFormat] = useState<FilmFormat>('gif');
  const [size, setSize] = useState(320);
  const [seconds, setSeconds] = useState(8);
  const [framesPerSecond, setRate] = useState(20);
  const [share, setShare] = useState<number | undefined>(undefined);
  const [done, setDone] = useState('');
  const film = useRef<Film | undefined>(undefined);
  const isEmpty = usePageState((state) => framesShown(state).length < 2);
  const { width, height } = filmSize({ panels: runs, size });
  const formats = useFormats(width, height);
  useEffect(() => () => film.current?.cancel(), []);
  const make = async () => {
    const plan = filmPlan(commands, { runs, theme, size, seconds, framesPerSecond });
    if (plan === undefined) return;
    setDone('');
    setShare(0);
    try {
      film.current = makeFilm(plan, format, setShare);
      const bytes = await film.current.bytes;
      const name = fileName(['margin loss lab', ...plan.panels.map(({ title }) => title)], format);
      save(name, new Blob([bytes as BlobPart], { type: TYPES[format] }));
      setDone(`${name}: ${(bytes.length / 1e6).toFixed(1)} MB.`);
    } catch (error) {
      if (!(error instanceof CancelledError)) setDone((error as Error).message);
    } finally {
      film.current = undefined;
      setShare(undefined);
    }
  };
  const pictures = pictureCount({ seconds, framesPerSecond });
  const megabytes = (likelyBytes({ panels: runs, size, seconds, framesPerSecond }, format) / 1e6).toFixed(1);
  return (
    <>
      <div className="export-settings">
        <Setting
          name="Format"
          help="GIF plays anywhere; WebM and MP4 are smaller, where this browser can make them."
        >
          <Choice
            name="Format"
            value={format}
            options={formats.map((value) => ({ value, text: FORMAT_TITLES[value] }))}
            onChange={setFormat}
          />
        </Setting>
        <NumberChoice name="Panel size" unit="pixels" values={SIZES} value={size} onChange={setSize} />
        <NumberChoice name="Length" unit="seconds" values={SECONDS} value={seconds} onChange={setSeconds} />
        <NumberChoice name="Pictures a second" values={RATES} value={framesPerSecond} onChange={setRate} />
      </div>
      <p>{`${runs.length} ${runs.length === 1 ? 'panel' : 'panels'}, ${whole(width)} × ${whole(height)} pixels, ${pictures} pictures in ${seconds} s, the last one for ${STILL} s more; about ${megabytes} MB. Decision regions, margin circles and scale as on the page.`}</p>
      {isEmpty && <p>There is no timeline to be filmed yet: train first, or show the recording.</p>}
      <div className="export-actions">
        <button type="button" className="primary" disabled={isEmpty || share !== undefined} onClick={make}>
          Make the film
        </button>
        <button type="button" disabled={share === undefined} onClick={() => film.current?.cancel()}>
          Cancel
        </button>
        {share !== undefined && <progress aria-label="Film" value={share} max={1} />}
        <p role="status" data-testid="film-done">
          {done}
        </p>
      </div>
    </>
  );
}

interface NumberChoiceProps {
  readonly name: string;
  readonly unit?: string;
  readonly values: readonly number[];
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberChoice({ name, unit, values, value, onChange }: NumberChoiceProps) {
  return (
    <Setting name={name} {...(unit === undefined ? {} : { unit })} help={`${name} of the film.`}>
      <Choice
        name={name}
        value={String(value)}
        options={values.map((each) => ({ value: String(each), text: String(each) }))}
        onChange={(text) => onChange(Number(text))}
      />
    </Setting>
  );
}

/** GIF at once, the others as soon as the browser has said that it can. */
function useFormats(width: number, height: number): readonly FilmFormat[] {
  const [formats, setFormats] = useState<readonly FilmFormat[]>(['gif']);
  useEffect(() => {
    let isCurrent = true;
    filmFormats(width, height).then((supported) => {
      if (isCurrent) setFormats(supported);
    });
    return () => {
      isCurrent = false;
    };
  }, [width, height]);
  return formats;
}
