/**
 * The public UI vocabulary: words that belong to interfaces and not to people.
 *
 * A control's label leaves the device only as one of these terms, and only when the control's whole accessible
 * name is one of the term's spellings. "Yes" and "no" are left out: they are answers, and an answer is content.
 * Free of zod: the page imports it.
 */

/** Terms with their spellings beside the term itself, in lower case; several languages map to one term. */
export const VOCABULARY = {
  save: ['speichern', 'enregistrer', 'guardar', 'salvar', '保存'],
  cancel: ['abbrechen', 'annuler', 'cancelar', 'キャンセル'],
  search: ['suchen', 'suche', 'rechercher', 'recherche', 'buscar', 'pesquisar', '検索'],
  next: ['weiter', 'suivant', 'siguiente', 'próximo', '次へ'],
  back: ['zurück', 'retour', 'atrás', 'voltar', '戻る'],
  previous: ['vorherige', 'précédent', 'anterior', '前へ'],
  submit: ['absenden', 'soumettre', 'enviar formulario', 'submeter', '送信する'],
  send: ['senden', 'envoyer', 'enviar', '送信'],
  close: ['schließen', 'fermer', 'cerrar', 'fechar', '閉じる'],
  open: ['öffnen', 'ouvrir', 'abrir', '開く'],
  edit: ['bearbeiten', 'modifier', 'editar', '編集'],
  delete: ['löschen', 'supprimer', 'eliminar', 'excluir', '削除'],
  add: ['hinzufügen', 'ajouter', 'añadir', 'adicionar', '追加'],
  new: ['neu', 'nouveau', 'nuevo', 'novo', '新規'],
  create: ['erstellen', 'créer', 'crear', 'criar', '作成'],
  ok: ['okay', 'd’accord', 'aceptar'],
  confirm: ['bestätigen', 'confirmer', 'confirmar', '確認'],
  apply: ['anwenden', 'appliquer', 'aplicar', '適用'],
  filter: ['filtern', 'filtrer', 'filtrar', '絞り込み'],
  sort: ['sortieren', 'trier', 'ordenar', '並べ替え'],
  copy: ['kopieren', 'copier', 'copiar', 'コピー'],
  paste: ['einfügen', 'coller', 'pegar', 'colar', '貼り付け'],
  undo: ['rückgängig', 'annuler la saisie', 'deshacer', 'desfazer', '元に戻す'],
  redo: ['wiederholen', 'rétablir', 'rehacer', 'refazer', 'やり直す'],
  print: ['drucken', 'imprimer', 'imprimir', '印刷'],
  download: ['herunterladen', 'télécharger', 'descargar', 'baixar', 'ダウンロード'],
  upload: ['hochladen', 'téléverser', 'subir', 'carregar', 'アップロード'],
  help: ['hilfe', 'aide', 'ayuda', 'ajuda', 'ヘルプ'],
  settings: ['einstellungen', 'paramètres', 'configuración', 'configurações', '設定'],
  menu: ['menü', 'menú', 'メニュー'],
  home: ['startseite', 'accueil', 'inicio', 'início', 'ホーム'],
  reload: ['neu laden', 'actualiser', 'recargar', 'recarregar', '再読み込み'],
  refresh: ['aktualisieren', 'rafraîchir', 'atualizar', '更新'],
  more: ['mehr', 'plus', 'más', 'mais', 'もっと見る'],
  select: ['auswählen', 'sélectionner', 'seleccionar', 'selecionar', '選択'],
  'select all': ['alle auswählen', 'tout sélectionner', 'seleccionar todo', 'selecionar tudo', 'すべて選択'],
  'log in': [
    'login',
    'log on',
    'sign in',
    'anmelden',
    'se connecter',
    'iniciar sesión',
    'entrar',
    'ログイン',
  ],
  'log out': ['logout', 'sign out', 'abmelden', 'se déconnecter', 'cerrar sesión', 'sair', 'ログアウト'],
  bold: ['fett', 'gras', 'negrita', 'negrito', '太字'],
  italic: ['kursiv', 'italique', 'cursiva', 'itálico', '斜体'],
  reply: ['antworten', 'répondre', 'responder', '返信'],
  comment: ['kommentar', 'kommentieren', 'commentaire', 'comentario', 'comentário', 'コメント'],
  title: ['titel', 'titre', 'título', 'タイトル'],
  description: ['beschreibung', 'descripción', 'descrição', '説明'],
  status: ['statut', 'estado', 'ステータス'],
  priority: ['priorität', 'priorité', 'prioridad', 'prioridade', '優先度'],
  date: ['datum', 'fecha', 'data', '日付'],
  name: ['nom', 'nombre', 'nome', '名前'],
  email: ['e-mail', 'mail', 'correo electrónico', 'メール'],
  phone: ['telefon', 'téléphone', 'teléfono', 'telefone', '電話番号'],
} as const satisfies Record<string, readonly string[]>;

export type Term = keyof typeof VOCABULARY;
export const TERMS = Object.keys(VOCABULARY) as [Term, ...Term[]];
