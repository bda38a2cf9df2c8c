import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll } from 'vitest';
import { testsOfAngles } from '../angular-in-tests.ts';
import { loss } from './loss.ts';

beforeAll(() => tf.setBackend('cpu'));

testsOfAngles((batch) => loss(batch, { s: 7, m: 0.2 }));
