import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { PROBLEMS, type ProblemCode } from '@roster/contracts';

/** Documents the error codes a route answers with, grouped by status. */
export const ApiProblems = (...codes: ProblemCode[]): MethodDecorator => {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))];
  return applyDecorators(...statuses.map((status) => ApiResponse({
    status, description: codes.filter((code) => PROBLEMS[code].status === status).map((code) => `${code}: ${PROBLEMS[code].title}`).join('; '),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })));
};
