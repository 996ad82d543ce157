import { describe } from 'vitest';
import { gunzipCases } from './gunzip-cases';

describe('gzip in Chromium', gunzipCases);
