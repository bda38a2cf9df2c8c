/** What numbers and controls are, in a sentence: shown on hover and on focus. Those that depend on the data set: data-help.ts. */

export const HELP = {
  step: 'Training steps done. One step learns from a batch of images, 128 where nothing else is set.',
  imagesPerSecond: 'Training images a second, each counted once a step.',
  backend: 'What computes: WebGL on the graphics processor, wasm (WebAssembly) or plain JavaScript (cpu).',
  loss: 'The objective J on the last batch: the sum of its terms, each times its weight.',
  phase: 'What is trained now. Warm-up: softmax alone, before an objective begins that needs it first.',
  learningRate: 'Step size of Adam. Acts at the next step.',
  seed: 'Fixes the initial weights and the order of the images. A new seed starts again from step 0.',
  batchSize: 'Training images a step. Starts again from step 0.',
  labelNoise:
    'Share of training labels that are wrong on purpose, drawn with the seed: what do the losses make of it? Test labels stay right. Starts again from step 0.',
  augmentation:
    'Training images are moved by up to two pixels, or mirrored too, anew in every step: what small sets need. Digits must not be mirrored. Starts again from step 0.',
  warmUp:
    'Softmax-only steps before an objective begins whose terms ask for that. Counts from step 0; later it takes effect at the next reset.',
  tour: 'Turns the plane of the plots slowly through the principal axes (the grand tour). An axis in a plot’s corner can be taken in hand.',
  drawOff: 'Drawing is for sets of ink on paper, in two feature dimensions.',
  dim: 'Numbers that the network makes of an image. With more than two the plots show a projection of them; all measures are of the whole space. Starts again from step 0.',
  openImages:
    'Images of your own: a folder with a folder a class, a zip of that, or IDX files. They stay in this browser.',
  data: 'What is learnt: the sets that this host has prepared. Another one starts again from step 0; the recorded run is of MNIST.',
  network:
    'Compact trains in seconds; LeNets++ is the letter’s network, about 75 times the work. Starts again from step 0.',
  cores:
    'Processor cores that share every step on WebAssembly, a half of the batch each; the result is the same to the last bit. Auto takes the fastest, and leaves one for the page.',
  backendChoice: 'What computes. After a change the runs go on from where they are.',
  play: 'Plays the timeline from here; from its end, from the beginning.',
  speed: 'At 1× the whole timeline takes eight seconds.',
  timeline: 'The step that all panels show. Training goes on underneath.',
  goLive: 'Shows the runs as they are now.',
  recording: 'Shows the recorded run that came with the page.',
  linkZoom: 'Zoom and pan act on all panels. Ctrl and wheel zoom, dragging pans.',
  select:
    'Draw a line round samples in a plot to see their images, or tap them. With a mouse, Shift and drag does the same at any time.',
  mistakes: 'Shows, as images, all samples that some run takes for another class.',
  switchEffect: 'Switch the loss while it trains: two hundred steps later this says what that did.',
  draw: 'Your own digit: see where every run puts it, and what it takes it for.',
  showMe: 'A guided minute over the recorded run: nine short chapters that move the plots themselves.',
  addPanel: 'One more run. It learns what the others have learnt, then goes on with them.',
  saveSession: 'Settings, weights and the whole timeline as one file.',
  openSession: 'Goes on with a saved session. Dropping the file on the page does the same.',
  export: 'Figures for a paper, films for a slide, the numbers as files, and a frame for a page of yours.',
  copyLink: 'Copies a link that opens this experiment, and does at the same steps what was changed live.',
  theme: 'Light, dark, or as your system is set.',
} as const;
