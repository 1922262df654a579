import { expect, it } from 'vitest';
import { hasSensitiveWord } from './sensitive-name.ts';

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
    'newpassword',
    'confirmpassword2',
    'MYPASSWORD',
    'txtpwd',
    'authtoken',
    'clientsecret',
    'secretkey',
    'pincode',
    'smscode',
    'motdepasse',
    'contrasen\u0303a',
    'ｐａｓｓｗｏｒｄ',
    'security question',
    'recovery phrase',
    'my pin',
    'Card no.',
    'hasło',
    'One-time code',
    'accessKeys',
    '2FA',
    'كلمة المرور',
    'รหัสผ่าน',
    '비밀번호 확인',
  ])
    // prettier-ignore
    expect(hasSensitiveWord(['title', name]), name).toBe(true);
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
    'card notes',
    'tokenizer',
    'secretary',
    'passage',
    'options',
    'keyboard',
    'account',
    'title',
    '',
    null,
  ])
    expect(hasSensitiveWord([name]), String(name)).toBe(false);
});
