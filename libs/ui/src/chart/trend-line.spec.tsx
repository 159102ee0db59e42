import { describe, expect, it } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { fireEvent, render, screen } from '@testing-library/react';
import { FormatProvider } from '../format/format.js';
import { TrendLine } from './trend-line.js';

describe('a trend', () => {
  it('reads a value that is not known as that, never as zero', () => {
    render(
      <I18nProvider i18n={i18n}><MantineProvider><FormatProvider locale="en" timeZone="UTC" now={new Date('2026-06-30T00:00:00Z')}>
        <TrendLine label="On time" series={[{ id: 'on-time', name: 'On time', tone: 'accent' }]} points={[{ at: '2026-05-15T00:00:00Z', values: [null] }, { at: '2026-06-15T00:00:00Z', values: [0] }]} />
      </FormatProvider></MantineProvider></I18nProvider>,
    );
    const line = screen.getByRole('slider');
    expect(line.getAttribute('aria-valuetext')).toContain('On time: 0');
    fireEvent.keyDown(line, { key: 'Home' });
    expect(line.getAttribute('aria-valuetext')).toContain('On time: not known');
  });
});
