import { expect, it } from 'vitest';
import { isSensitiveName } from './sensitive-name.ts';

it('finds the words however they are joined', () => {
  for (const name of [
    'otp',
    'userPin',
    'api_key',
    'API key',
    'card-number',
    'cvc',
    'Passwort wiederholen',
    'new[password]',
    'パスワード',
    'accessToken',
    'user_pass',
    'verification-code',
    'Einmalcode',
    'Пароль',
    '密码',
    'credit card',
  ])
    // prettier-ignore
    expect(isSensitiveName(name), name).toBe(true);
});

it('does not find them inside other words', () => {
  for (const name of [
    'shopping',
    'spinner',
    'standard',
    'description',
    'adoption',
    'compass',
    'passenger',
    'cardboard',
    'title',
    '',
    null,
  ])
    expect(isSensitiveName(name), String(name)).toBe(false);
});
