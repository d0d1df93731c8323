import { expect, test } from '@jest/globals';
import {
  differenceRound,
  firstPull,
  gapRound,
  gapRoundClosed,
  payloadOf,
  personRound,
  topUpName,
} from '../../pipeline/questions.ts';

test('rounds and steps are called what rows call them', () => {
  expect([
    gapRound(1),
    gapRoundClosed(2),
    topUpName(1, 1),
    topUpName(2, 3),
    firstPull,
    personRound(1),
    differenceRound(firstPull),
  ]).toEqual(['gap 1', 'gap 2: supersede', 'top-up 1', 'top-up 2.3', 'first', 'person 1', 'first: difference']);
});

test('a question of an older row is read with what it lacks', () => {
  expect(payloadOf('human', { kind: 'human', payload: { login: 'clay', need: 'AUTH' } })).toEqual({
    need: 'AUTH',
    message: 'It needs a person.',
    todo: 'Look at it, then press "Try again".',
    step: null,
    login: 'clay',
  });
});

test('a question of another kind is none of this kind', () => {
  expect(payloadOf('human', { kind: 'question', payload: { login: 'clay' } })).toBeNull();
  expect(payloadOf('choice', { kind: 'choice', payload: { question: 'Which one?' } })).toBeNull();
});
