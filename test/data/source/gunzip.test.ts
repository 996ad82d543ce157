import { describe } from 'vitest';
import { gunzipCases } from './gunzip-cases';

describe('gzip in Node', gunzipCases);
