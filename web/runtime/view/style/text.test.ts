import { describe, expect, it } from 'vitest';
import { completeFonts, convertEnvironment, convertRpx, cssUrl, replaceUrls } from './text';

describe('style text', () => {
  it.each([
    ['width:750rpx', 'width:100vw'],
    ['margin:-20rpx .5rpx', 'margin:-2.66667vw 0.06667vw'],
    ['transform:translate(15RPX,0)', 'transform:translate(2vw,0)'],
    ['content:"20rpx";background:url(20rpx.png)', 'content:"20rpx";background:url(20rpx.png)'],
    ['--20rpxish:1', '--20rpxish:1'],
  ])('%s becomes %s', (given, expected) => expect(convertRpx(given)).toBe(expected));

  it('takes safe areas from the shell', () => {
    expect(convertEnvironment('padding:calc(env( safe-area-inset-bottom ) + 1px)')).toBe(
      'padding:calc(var(--mezze-safe-area-bottom) + 1px)',
    );
    expect(convertEnvironment('padding:env(safe-area-inset-top, 3px)')).toBe('padding:var(--mezze-safe-area-top, 3px)');
  });

  it.each([
    [
      '.a{font:var(--body,28px / 44px var(--family,PingFang SC))}',
      '.a{font:var(--body,28px / 44px var(--family,PingFang SC)),sans-serif}',
    ],
    ['.a{color:red;font-family:"A;B", C !important}', '.a{color:red;font-family:"A;B", C,sans-serif !important}'],
    ['.a{font: 600 2vw/1 "X"}.b{color:red}', '.a{font: 600 2vw/1 "X",sans-serif}.b{color:red}'],
    ['.a{font-family:Arial, sans-serif;font:inherit}', '.a{font-family:Arial, sans-serif;font:inherit}'],
    ['.a{font:caption;--font:x;content:";font:12px y"}', '.a{font:caption;--font:x;content:";font:12px y"}'],
    ['.font:hover{color:red} font:hover{color:red}', '.font:hover{color:red} font:hover{color:red}'],
  ])('%s ends in a font without serifs: %s', (given, expected) => expect(completeFonts(given)).toBe(expected));

  it('finds every address', () => {
    const found: string[] = [];
    replaceUrls(
      `a:url(x.png) b:url( "y (1).png" ) c:URL('z\\27.png') d:url("data:image/svg+xml,%3Csvg fill='red'%3E")`,
      (address) => {
        found.push(address);
        return '';
      },
    );
    expect(found).toEqual(['x.png', 'y (1).png', "z'.png", "data:image/svg+xml,%3Csvg fill='red'%3E"]);
  });

  it('lets no address close its quotes', () => {
    expect(cssUrl('a"); background:url("b')).toBe('url("a\\22 ); background:url(\\22 b")');
  });
});
