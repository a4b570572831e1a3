import { expect, it } from 'vitest';
import type { AppConfig } from '../../../runtime/protocol';
import { preloadRoots } from './preload';

const code = (root: string, name: string) => ({
  root,
  name,
  independent: false,
  pages: [],
  scripts: [],
  templates: [],
});
const config: Pick<AppConfig, 'preloadRule' | 'packages'> = {
  packages: [code('', ''), code('shop', 'store'), code('pages/far', '')],
  preloadRule: {
    'pages/index': { packages: ['store', '/pages/far/', 'nowhere'], network: 'all' },
    'pages/late': { packages: ['shop', '__APP__'], network: 'wifi' },
  },
};

it('names subpackages by root or name, and knows no others', () => {
  expect(preloadRoots(config, 'pages/index', '4g')).toEqual(['shop', 'pages/far']);
  expect(preloadRoots(config, 'pages/other', 'wifi')).toEqual([]);
});

it('waits for the network that the rule names', () => {
  expect(preloadRoots(config, 'pages/late', 'wifi')).toEqual(['shop', '']);
  expect(preloadRoots(config, 'pages/late', '4g')).toEqual([]);
  expect(preloadRoots(config, 'pages/index', 'none')).toEqual([]);
});
