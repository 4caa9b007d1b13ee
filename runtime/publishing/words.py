"""What people call the types of fields in sentences about a plan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TYPE_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "text": {"zh-CN": "单行文本", "en": "text"},
        "longtext": {"zh-CN": "多行文本", "en": "long text"},
        "email": {"zh-CN": "邮箱", "en": "e-mail address"},
        "phone": {"zh-CN": "电话", "en": "phone number"},
        "url": {"zh-CN": "网址", "en": "web address"},
        "id_number": {"zh-CN": "身份证号", "en": "ID number"},
        "credit_code": {"zh-CN": "统一社会信用代码", "en": "unified social credit code"},
        "number": {"zh-CN": "数字", "en": "number"},
        "money": {"zh-CN": "金额", "en": "amount"},
        "percent": {"zh-CN": "百分比", "en": "percentage"},
        "rating": {"zh-CN": "评分", "en": "rating"},
        "date": {"zh-CN": "日期", "en": "date"},
        "datetime": {"zh-CN": "日期时间", "en": "date and time"},
        "checkbox": {"zh-CN": "开关", "en": "switch"},
        "select": {"zh-CN": "单选", "en": "choice"},
        "relation": {"zh-CN": "关联记录", "en": "link to a record"},
        "subtable": {"zh-CN": "子表单", "en": "sub-form"},
        "member": {"zh-CN": "成员", "en": "person"},
        "department": {"zh-CN": "部门", "en": "department"},
        "auto_number": {"zh-CN": "自动编号", "en": "serial number"},
    }
)
