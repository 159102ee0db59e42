import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { DEFAULT_LIMIT, MAX_LIMIT, type FilterOperator, type ListSpec } from './list-query.js';

/** Documents the list parameters of a route. */
export const ApiListQuery = (spec: ListSpec): MethodDecorator => applyDecorators(
  ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT } }),
  ApiQuery({ name: 'cursor', required: false, type: String, description: 'nextCursor of the previous page.' }),
  ApiQuery({ name: 'sort', required: false, type: String, description: `${spec.oneWay ? `The one order: ${spec.sorts[0] ?? 'id'}` : `One of ${spec.sorts.map((s) => s.replace(/^-/, '')).join(', ')}`}${spec.oneWay ? '' : '; - in front for descending'}. Default ${spec.sorts[0] ?? 'id'}.` }),
  ...(spec.uncounted ? [] : [ApiQuery({ name: 'count', required: false, type: Boolean, description: 'true adds total.' })]),
  ApiFilters(spec),
);

/** Documents the part of the list parameters that chooses rows: filters, text search and instant. */
export const ApiFilters = (spec: ListSpec): MethodDecorator => applyDecorators(
  ...(spec.search ? [ApiQuery({ name: 'q', required: false, type: String, description: 'Text search.' })] : []),
  ...(spec.asOf ? [ApiQuery({ name: 'asOf', required: false, type: String, description: 'RFC 3339 instant: as it was known then.' })] : []),
  ...spec.filters.map((name) => ApiQuery({ name: `filter[${name}]`, required: false, type: String, isArray: true, description: 'Repeat for several values.' })),
  ...Object.entries(spec.operators ?? {}).flatMap(([name, operators]) => operators.map((operator) => ApiQuery({
    name: `filter[${name}][${operator}]`, required: false, ...(operator === 'empty' ? { schema: { type: 'string', enum: ['yes', 'no'] } } : { type: String, isArray: operator === 'ne' }), description: OPERATOR_MEANINGS[operator],
  }))),
);

const OPERATOR_MEANINGS: Readonly<Record<FilterOperator, string>> = {
  ne: 'None of these values.', lt: 'Less, or earlier than.', lte: 'At most, or not later than.', gt: 'More, or later than.', gte: 'At least, or not earlier than.', empty: 'yes: not set; no: set.',
};
